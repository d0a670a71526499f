import Pictures

/// The probability of each class, a bar each.
enum ClassBars {
  /// - Parameters:
  ///   - probabilities: one for each class.
  ///   - label: the true class; nil where nobody knows it.
  static func table(_ classes: [String], _ probabilities: [Float], label: Int? = nil) -> Table {
    let areProbabilities = probabilities.allSatisfy { (0...1).contains($0) }
    let best = probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
    func style(_ index: Int) -> Style {
      index == best ? Style(label == nil || label == best ? .green : .red) : index == label ? Style(.blue) : .dim
    }
    return Table(
      [.init("class", leansRight: false), .init(areProbabilities ? "probability" : "output")],
      rows: probabilities.indices.map { index in
        [
          Line(classes[index], index == best || index == label ? style(index) : .plain),
          Line(fixed(Double(probabilities[index]), 4)),
        ]
      },
      bars: probabilities.indices.map { index in
        let mark = [index == label ? "true" : nil, index == best ? "predicted" : nil].compactMap { $0 }
        return Table.Bar(
          Double(probabilities[index]), style(index), note: Line(mark.joined(separator: ", "), style(index)))
      },
      values: probabilities.indices.map { [classes[$0], "\(probabilities[$0])"] })
  }
}
