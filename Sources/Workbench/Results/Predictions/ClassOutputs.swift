import Pictures

/// What a network gives for the classes of one example.
struct ClassOutputs: Sendable {
  /// One of each class, `[classes]`; a single one where two classes share an output that is no probability.
  let numbers: [Float]
  let areProbabilities: Bool

  /// What decides for a class or against it.
  func number(of index: Int) -> Float { numbers.count == 1 ? numbers[0] : numbers[index] }

  /// As a number of one class is called in tables.
  var heading: String { areProbabilities ? "probability" : "output" }

  /// To stand in a table.
  func text(of index: Int) -> String {
    areProbabilities ? fixed(Double(number(of: index)), 4) : ValueTable.text(number(of: index))
  }

  /// To stand below a picture: `91%`.
  func brief(of index: Int) -> String {
    areProbabilities ? "\(fixed(Double(number(of: index)) * 100, 0))%" : text(of: index)
  }

  var json: (String, JSON) { (areProbabilities ? "probabilities" : "outputs", .list(numbers.map(JSON.float))) }
}

extension Predictions {
  func classOutputs(_ row: Int) -> ClassOutputs {
    ClassOutputs(
      numbers: areProbabilities ? probabilities(row) : Array(outputs(row)), areProbabilities: areProbabilities)
  }
}
