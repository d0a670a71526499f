import Engine

/// A metric that several trainings tell, to rank them by where their losses are of several kinds.
struct SharedMetric {
  let name: String
  /// Whether more of it is better, as of accuracy.
  let isRising: Bool

  /// What to say of an order by it.
  var reason: String { "in the order of their last \(name), as they go by losses of several kinds" }

  /// The first metric that all of them tell, one of validation before one of training; nil where there is none.
  /// - Parameters:
  ///   - figures: the last ones of each training.
  ///   - takesErrors: whether errors may be held against each other, which those on several data sets may not.
  init?(_ figures: [[Figure]], takesErrors: Bool) {
    let names = (figures.first ?? []).map(\.name).filter { name in
      figures.allSatisfy { $0.contains { $0.name == name } }
    }
    let metrics = names.compactMap { name -> SharedMetric? in
      let base = name.hasPrefix(SharedMetric.validation) ? String(name.dropFirst(SharedMetric.validation.count)) : name
      guard let quantity = Metrics.all.first(where: { SharedMetric.name($0) == base })?.quantity else { return nil }
      return quantity == .error && !takesErrors ? nil : SharedMetric(name, isRising: quantity != .error)
    }
    guard let best = metrics.first(where: { $0.name.hasPrefix(SharedMetric.validation) }) ?? metrics.first else {
      return nil
    }
    self = best
  }

  private init(_ name: String, isRising: Bool) { (self.name, self.isRising) = (name, isRising) }

  private static let validation = "val_"

  private static func name<Item: Metric>(_ type: Item.Type) -> String { Item.form.name }
}
