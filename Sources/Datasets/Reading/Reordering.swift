import Engine
import Grammar

extension Dataset {
  /// The same with its classes numbered in another order; nil where these names are not those of its classes.
  public func renumbered(classes names: [String]) -> Dataset? {
    guard targets.isClasses, let places = names.places(of: classes) else { return nil }
    var renumbered = self
    renumbered.train = train.renumbered(places, count: names.count)
    renumbered.test = test.renumbered(places, count: names.count)
    renumbered.classes = names
    renumbered.rows = rows?.keeping(places)
    return renumbered
  }

  /// The same with its columns in another order; nil where these names are not those of its columns, or where they
  /// cannot be moved.
  /// - Throws: `Refusal` when there is no memory for it.
  public func reordered(columns names: [String]) throws(Refusal) -> Dataset? {
    guard columns.count == shape.count, let places = columns.places(of: names),
      case (.floats(let train), .floats(let test)) = (train.features, test.features)
    else { return nil }
    var preparation = rows
    if let rows {
      guard let ordered = rows.reordered(columns: names, places) else { return nil }
      preparation = ordered
    }
    try Machine.require((train.count + test.count) * 4, for: "the other order", hint: "load digits")
    var reordered = self
    reordered.train = self.train.with(.floats(train.reordered(places)))
    reordered.test = self.test.with(.floats(test.reordered(places)))
    reordered.columns = names
    reordered.rows = preparation
    return reordered
  }
}

extension Examples {
  /// The same with other features.
  fileprivate func with(_ features: Features) -> Examples {
    Examples(shape: shape, features: features, targets: targets)
  }
}

extension Floats {
  /// Rows as wide as `places`, each with the number at `places[i]` in place `i`.
  fileprivate func reordered(_ places: [Int]) -> Floats {
    Floats(count: count) { target in
      withUnsafeBufferPointer { source in
        for row in stride(from: 0, to: count, by: places.count) {
          for (place, from) in places.enumerated() { target[row + place] = source[row + from] }
        }
      }
    }
  }
}

extension [String] {
  /// Where each of `others` stands among these; nil unless both are the same names, each once.
  fileprivate func places(of others: [String]) -> [Int]? {
    guard count == others.count else { return nil }
    let known = Dictionary(zip(self, indices)) { first, _ in first }
    let places = others.compactMap { known[$0] }
    return places.count == count && Set(places).count == count ? places : nil
  }
}
