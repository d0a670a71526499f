import Pictures

/// What the network gives for each class, a bar each.
enum ClassBars {
  /// - Parameter label: the true class; nil where nobody knows it.
  static func picture(_ classes: [String], _ outputs: ClassOutputs, label: Int? = nil) -> any Picture {
    let numbers = outputs.numbers
    guard numbers.count == classes.count else {
      return Paragraph(Line("output: ", .bold) + Line(numbers.map(ValueTable.text).joined(separator: ", ")))
    }
    let best = numbers.indices.reduce(0) { numbers[$1] > numbers[$0] ? $1 : $0 }
    func style(_ index: Int) -> Style {
      index == best ? Style(label == nil || label == best ? .green : .red) : index == label ? Style(.blue) : .dim
    }
    return Table(
      [.init("class", leansRight: false), .init(outputs.heading)],
      rows: numbers.indices.map { index in
        [
          Line(classes[index], index == best || index == label ? style(index) : .plain),
          Line(fixed(Double(numbers[index]), 4)),
        ]
      },
      bars: numbers.indices.map { index in
        let mark = [index == label ? "true" : nil, index == best ? "predicted" : nil].compactMap { $0 }
        return Table.Bar(Double(numbers[index]), style(index), note: Line(mark.joined(separator: ", "), style(index)))
      },
      values: numbers.indices.map { [classes[$0], "\(numbers[$0])"] })
  }
}
