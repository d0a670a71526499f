import Engine
import Grammar

/// Which columns and rows count.
extension CSVFile {
  func labelColumn(_ table: CSVTable) throws(Refusal) -> CSVTable.Column {
    let names = table.columns.map(\.name)
    guard let label else { throw .noLabel(table.path, file, names) }
    guard let index = table.place(label) else { throw table.noColumn(label) }
    return table.columns[index]
  }

  func inputs(
    _ table: CSVTable, label: CSVTable.Column, _ left: LeftOut
  ) throws(Refusal) -> [RowPreparation.Input] {
    guard !left.ignored.contains(label.name) else {
      throw Refusal("\(label.name.visible) says what a row is, so it cannot be left out; ignore= names other columns")
    }
    if let column = table.columns.first(where: { $0.hasSecondHeading && !left.all.contains($0.name) }) {
      throw .holdsWord(column, of: table, column.numbersText)
    }
    var inputs: [RowPreparation.Input] = []
    for column in table.columns where column.name != label.name && !left.all.contains(column.name) {
      guard case .words(let codes, let words) = column.content else {
        inputs.append(RowPreparation.Input(name: column.name, words: nil))
        continue
      }
      if shape != nil {
        throw .holdsWord(column, of: table, "images are bytes from 0 to 255")
      }
      if words.count > 1000, column.isNearlyNumbers { throw .holdsWord(column, of: table, column.numbersText) }
      // Nearly as many words as rows are names or numbers of rows, which tell nothing of others.
      if words.count > 1000, words.count * 2 > codes.count {
        throw .notCategories(table.path, column.name, words.count)
      }
      inputs.append(RowPreparation.Input(name: column.name, words: words))
    }
    guard !inputs.isEmpty else {
      throw Refusal("\(table.path) has no column besides \"\(label.name.visible)\" to learn from")
    }
    return inputs
  }

  /// Columns that are left out: those that a person ignores, one that numbers the rows, and those without a value.
  func leftOut(_ table: CSVTable, _ label: CSVTable.Column) throws(Refusal) -> LeftOut {
    var left = LeftOut()
    for name in ignored {
      guard let place = table.place(name) else { throw table.noColumn(name, " to ignore") }
      left.ignored.append(table.columns[place].name)
    }
    if let numbers = table.rowNumbers, numbers.name != label.name, !left.ignored.contains(numbers.name) {
      left.rowNumbers = numbers.name
    }
    left.empty = table.columns.filter { $0.missing == table.rows && $0.name != label.name }.map(\.name)
      .filter { !left.ignored.contains($0) }
    return left
  }

  struct LeftOut {
    var ignored: [String] = []
    var rowNumbers: String?
    /// Those without a value.
    var empty: [String] = []

    var all: Set<String> { Set(ignored + empty + (rowNumbers.map { [$0] } ?? [])) }
  }

  func completeRows(_ table: CSVTable, _ names: [String], _ label: CSVTable.Column) throws(Refusal) -> [Int] {
    // Nothing takes the place of what is to be learnt.
    if missing != .drop, let line = label.firstMissing {
      throw Refusal(
        "\(table.path), line \(line): \(label.name.visible) has no value, and it is what is to be learnt; missing=drop "
          + "leaves such rows out")
    }
    if missing == .refuse { try table.checkComplete(names, areImages: shape != nil) }
    guard missing == .drop else { return Array(0..<table.rows) }
    let rows = table.completeRows(Set(names + [label.name]))
    guard rows.count > 1 else {
      throw Refusal("\(table.path) has \(rows.count) complete rows of \(table.rows), too few to learn from")
    }
    return rows
  }

  func exampleShape(_ inputs: [RowPreparation.Input], _ path: String) throws(Refusal) -> Shape {
    let width = inputs.reduce(0) { $0 + $1.width }
    guard let shape else { return [width] }
    guard shape.count == width else {
      throw Refusal(
        "\(path) has \(width) columns besides the label, and an image of \(shape) has \(shape.count) numbers")
    }
    return shape
  }

  /// - Parameter numbers: of these rows, one for each input.
  func checkBytes(
    _ numbers: Floats, of table: CSVTable, _ inputs: [RowPreparation.Input], rows: [Int]
  ) throws(Refusal) {
    let wrong = numbers.withUnsafeBufferPointer { $0.enumerated().first { UInt8(exactly: $0.element) == nil } }
    guard let (place, number) = wrong else { return }
    let (row, column) = place.quotientAndRemainder(dividingBy: inputs.count)
    let what = number.isNaN ? "has no value" : "is \(CSVTable.text(number))"
    throw Refusal(
      "\(table.path), line \(table.lines[rows[row]]): \(inputs[column].name.visible) \(what); images are bytes from 0 "
        + "to 255")
  }
}

extension Refusal {
  fileprivate static func noLabel(_ path: String, _ file: String, _ names: [String]) -> Refusal {
    Refusal(
      "which column says what a row is? \(path) has: \(names.listed)",
      hint: "load \(ArgumentType<String>.quote(file)) label=\(ArgumentType<String>.quote(names.last ?? ""))")
  }
  fileprivate static func notCategories(_ path: String, _ column: String, _ count: Int) -> Refusal {
    Refusal(
      "\(path): \(column.visible) has \(count) different words, nearly one a row, so it is no category; "
        + "leave it out by ignore=")
  }
}
