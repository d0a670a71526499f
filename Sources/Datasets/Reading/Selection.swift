import Engine
import Grammar

extension Examples {
  /// Some of the examples, in this order.
  /// - Throws: `Refusal` when there is no memory for them.
  func picked(_ rows: [Int]) throws(Refusal) -> Examples {
    let size = shape.count
    try Machine.require(
      rows.count.multipliedReportingOverflow(by: size).partialValue, for: "the choice", hint: "load digits")
    let chosen: Features
    switch features {
    case .bytes(let bytes, let scale): chosen = .bytes(bytes.picked(rows, size: size), scale)
    case .floats(let floats): chosen = .floats(floats.picked(rows, size: size))
    case .lists(let lists):
      chosen = .lists(SparseRows(width: lists.width, rows.lazy.map { row in lists.entries(of: row).map(\.place) }))
    case .source: chosen = .floats(Floats(rows.flatMap { numbers(of: $0) }))
    }
    let chosenTargets: Targets =
      switch targets {
      case .classes(let labels, let count): .classes(rows.map { labels[$0] }, count: count)
      case .values(let values, let width): .values(rows.flatMap { values[$0 * width..<($0 + 1) * width] }, width: width)
      }
    return Examples(shape: shape, features: chosen, targets: chosenTargets)
  }

  /// The same with other classes.
  /// - Parameter numbers: the new class of each old one; nil where it is not kept, and no example has it.
  func renumbered(_ numbers: [Int?], count: Int) -> Examples {
    Examples(shape: shape, features: features, targets: .classes(labels.map { numbers[$0] ?? 0 }, count: count))
  }
}

extension SharedBuffer {
  /// The numbers of some examples of `size` numbers each, in this order.
  func picked(_ rows: [Int], size: Int) -> SharedBuffer {
    SharedBuffer(count: rows.count * size) { target in
      withUnsafeBufferPointer { source in
        for (place, row) in rows.enumerated() {
          for index in 0..<size { target[place * size + index] = source[row * size + index] }
        }
      }
    }
  }
}

extension Dataset {
  /// Only the examples of some classes, which are numbered anew in this order.
  /// - Throws: `Refusal` when there are no classes, or none of such a name.
  public func keeping(classes names: [String]) throws(Refusal) -> Dataset {
    guard targets.isClasses else {
      throw Refusal("\(name) has values, not classes, so classes= chooses nothing", hint: "load \(name)")
    }
    guard names.count > 1 else { throw Refusal("classes= takes two classes or more, with commas between them") }
    var numbers = [Int?](repeating: nil, count: classes.count)
    for (place, name) in names.enumerated() {
      guard let index = classes.firstIndex(of: name) else {
        let near = Suggestion.nearest(to: name, among: classes).map { "; did you mean \($0)?" }
        throw Refusal(
          "no class is called \"\(name)\"" + (near ?? "; there are: \(classes.prefix(20).joined(separator: ", "))"))
      }
      numbers[index] = place
    }
    func rows(_ examples: Examples) -> [Int] {
      examples.labels.indices.filter { numbers[examples.labels[$0]] != nil }
    }
    func keep(_ examples: Examples, _ rows: [Int], of part: String) throws(Refusal) -> Examples {
      guard !rows.isEmpty else { throw lacksClasses(examples, part) }
      return try examples.picked(rows).renumbered(numbers, count: names.count)
    }
    let (trainRows, testRows) = (rows(train), rows(test))
    var chosen = self
    chosen.train = try keep(train, trainRows, of: "training")
    chosen.test = try keep(test, testRows, of: "test")
    chosen.classes = names
    chosen.texts = texts?.picked(trainRows, testRows)
    chosen.rows = self.rows?.keeping(numbers)
    chosen.exact = (exact.train.picked(trainRows), exact.test.picked(testRows))
    return chosen
  }

  private func lacksClasses(_ examples: Examples, _ part: String) -> Refusal {
    let there = Set(examples.labels)
    return Refusal(
      "the \(part) part of \(name) has no examples of these classes; it has "
        + classes.indices.filter(there.contains).map { classes[$0] }.listed)
  }
}

extension Texts {
  /// Those of some examples, in this order.
  fileprivate func picked(_ trainRows: [Int], _ testRows: [Int]) -> Texts {
    func pick(_ lists: NumberLists, _ rows: [Int]) -> NumberLists {
      var chosen = NumberLists()
      for row in rows { chosen.append(lists[row]) }
      return chosen
    }
    return Texts(train: pick(train, trainRows), test: pick(test, testRows), words: words)
  }
}
