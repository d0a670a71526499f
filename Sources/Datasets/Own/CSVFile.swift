import Engine
import Grammar

/// A person's own table: a CSV file with a column that says what each row is.
public struct CSVFile: Source {
  /// What is done where a value is missing.
  enum Missing: String, CaseIterable, Sendable {
    case refuse, mean, drop
  }

  let file: String
  let label: String?
  let missing: Missing
  let decimal: String
  let task: Task?
  let shape: Shape?
  let ignored: [String]
  let heading: Bool?

  public static let form = Form<CSVFile>(
    "FILE.csv", "A table of your own: a row for each example, a column that says what it is.",
    Parameter("file", .text("the name of a CSV file"), "the file; .csv, .tsv or .txt, or .gz behind it"),
    .named(
      "label", ArgumentType<String>.text("a column's name or number").optional, default: nil,
      "the column that says what each row is, by its name or its number from 1"),
    .named("missing", .choice("way"), default: .refuse, "where a value is missing: the column's mean, or drop the row"),
    .named(
      "decimal", .word(of: [Choice("."), Choice(",")], called: "decimal point"), default: ".",
      "what stands before decimals"),
    .named("task", ArgumentType<Task>.choice("task").optional, default: nil, "whether the label is a class or a value"),
    .named("shape", shapeKind.optional, default: nil, "rows are images of bytes: height and width, as in 28x28"),
    .named("ignore", ArgumentType<String>.text("a column").list(of: { $0 }), default: [], "columns to leave out"),
    .named("heading", ArgumentType<Bool>.flag.optional, default: nil, "whether the first row holds the columns' names"),
    endings: [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"], examples: ["load iris.csv label=species"],
    make: { CSVFile(file: $0, label: $1, missing: $2, decimal: $3, task: $4, shape: $5, ignored: $6, heading: $7) },
    settings: { ($0.file, $0.label, $0.missing, $0.decimal, $0.task, $0.shape, $0.ignored, $0.heading) })

  /// `28x28`, `32x32x3`.
  static let shapeKind = ArgumentType<Shape>(
    expected: "extents with x between them, as in 28x28",
    read: { (word) throws(Misread) -> Shape in
      let parts = word.plain.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      let extents = parts.compactMap { $0 }
      guard extents.count == parts.count, (2...3).contains(extents.count),
        extents.allSatisfy({ (1...32_767).contains($0) })
      else { throw Misread("expected extents with x between them, as in 28x28, not \"\(word.text)\"", at: word.span) }
      return Shape(extents)
    },
    write: { $0.extents.map(String.init).joined(separator: "x") })

  public static var isSplit: Bool { true }
  public var files: [String] { [file] }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let path = try context.path(file)
    let table = try CSVTable(path, decimal: UInt8(ascii: decimal == "," ? "," : "."), hasHeading: heading)
    let labelled = try labelColumn(table)
    let inputs = try inputs(table, label: labelled)
    let rows = try completeRows(table, inputs.map(\.name), labelled)
    let labels = try CSVLabels(labelled, of: table, rows: rows, task: task)
    var preparation = RowPreparation(
      inputs: inputs, decimal: UInt8(ascii: decimal == "," ? "," : "."), hasHeading: table.dialect.heading != nil,
      shape: try exampleShape(inputs, path), isImage: shape != nil, label: labelled.name, classes: labels.classes,
      hasNumberedClasses: !labels.classes.isEmpty && labelled.isNumbers)
    let numbers = try preparation.numbers(table, rows: rows)
    if shape != nil { try checkBytes(numbers, path) }
    let all = Examples(
      shape: preparation.shape, features: shape == nil ? .floats(numbers) : preparation.features(numbers, [:]),
      targets: labels.targets)
    let exact = shape == nil ? preparation.exact(table, rows: rows) : [:]
    var dataset = try parts(all, exact, labels, &preparation, context)
    dataset.notes = notes(table, labelled, labels, rows) + dataset.notes
    dataset.rows = preparation
    dataset.target = labelled.name
    dataset.columns = shape != nil ? [] : inputs.flatMap(\.columns)
    return dataset
  }

  /// Training and test examples: by chance, or from another file.
  private func parts(
    _ all: Examples, _ exact: ExactColumns, _ labels: CSVLabels, _ preparation: inout RowPreparation, _ context: LoadContext
  ) throws(Refusal) -> Dataset {
    if let testFile = context.testFile {
      let train = filled(all, exact, &preparation)
      let test = try preparation.examples(of: context.path(testFile))
      guard test.isLabelled else {
        throw Refusal("\(testFile) has no complete column \"\(preparation.label.visible)\" to be tested by")
      }
      var dataset = Dataset(
        name: file, train: train, test: test.examples, classes: labels.classes,
        origin: "from a table of \(all.count) rows, tested by \(testFile)")
      dataset.notes = test.notes
      dataset.exact = (exact.filled(preparation.means), test.exact)
      return dataset
    }
    let division = try Division(
      count: all.count, labels: labels.labels, context.dividedPart,
      seed: context.seed, name: file, line: context.line)
    let trainExact = exact.picked(division.train)
    let train = filled(try all.picked(division.train), trainExact, &preparation)
    var test = try all.picked(division.test)
    if case .floats(let numbers) = test.features {
      test = Examples(shape: test.shape, features: .floats(preparation.filled(numbers)), targets: test.targets)
    }
    var dataset = Dataset(
      name: file, train: train, test: test, classes: labels.classes, origin: "from a table of \(all.count) rows")
    dataset.isDivided = true
    dataset.exact = (
      trainExact.filled(preparation.means), exact.picked(division.test).filled(preparation.means)
    )
    let part = context.dividedPart
    let kinds = labels.labels == nil ? "" : part.isShare ? " of each class" : ", each class in proportion,"
    dataset.notes = ["\(part.text)\(kinds) \(part == .count(1) ? "is" : "are") put aside to test with, by the seed"]
    return dataset
  }

  /// The training examples with the means of their columns where values are missing.
  private func filled(_ train: Examples, _ exact: ExactColumns, _ preparation: inout RowPreparation) -> Examples {
    guard missing == .mean, case .floats(let numbers) = train.features else { return train }
    var means = CSVFile.means(numbers, columns: train.shape.count)
    for (column, numbers) in exact {
      let known = numbers.filter { !$0.isNaN }
      means[column] = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }
    preparation.means = means
    return Examples(shape: train.shape, features: .floats(preparation.filled(numbers)), targets: train.targets)
  }

  private static func means(_ numbers: Floats, columns: Int) -> [Double] {
    var (sums, counts) = ([Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns))
    numbers.withUnsafeBufferPointer { numbers in
      for index in numbers.indices where !numbers[index].isNaN {
        sums[index % columns] += Double(numbers[index])
        counts[index % columns] += 1
      }
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  }
}

/// Which columns and rows count.
extension CSVFile {
  private func labelColumn(_ table: CSVTable) throws(Refusal) -> CSVTable.Column {
    let names = table.columns.map(\.name)
    guard let label else { throw .noLabel(table.path, file, names) }
    guard let index = names.firstIndex(of: label) ?? Int(label).map({ $0 - 1 }), names.indices.contains(index) else {
      let near = Suggestion.nearest(to: label, among: names).map { "; did you mean \($0)?" }
      throw Refusal(
        "\(table.path) has no column \"\(label.visible)\""
          + (near ?? "; there are: \(names.prefix(20).joined(separator: ", ").visible)"))
    }
    return table.columns[index]
  }

  private func inputs(_ table: CSVTable, label: CSVTable.Column) throws(Refusal) -> [RowPreparation.Input] {
    guard !ignored.contains(label.name) else {
      throw Refusal("\(label.name.visible) says what a row is, so it cannot be left out; ignore= names other columns")
    }
    if let unknown = ignored.first(where: { name in !table.columns.contains { $0.name == name } }) {
      throw Refusal("\(table.path) has no column \"\(unknown.visible)\" to ignore")
    }
    var inputs: [RowPreparation.Input] = []
    for column in table.columns where column.name != label.name && !ignored.contains(column.name) {
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

  private func completeRows(_ table: CSVTable, _ names: [String], _ label: CSVTable.Column) throws(Refusal) -> [Int] {
    let all = Array(0..<table.rows)
    if missing == .refuse { try table.checkComplete(names + [label.name]) }
    if missing == .mean, let line = label.firstMissing {
      throw Refusal(
        "\(table.path), line \(line): \(label.name.visible) has no value, and it is what is to be learnt; missing=drop "
          + "leaves such rows out")
    }
    guard missing == .drop else { return all }
    var keeps = [Bool](repeating: true, count: table.rows)
    for column in table.columns where column.missing > 0 && (names.contains(column.name) || column.name == label.name) {
      switch column.content {
      case .numbers(let numbers): for row in all where numbers.float(row).isNaN { keeps[row] = false }
      case .words(let codes, _): for row in all where codes[row] < 0 { keeps[row] = false }
      }
    }
    let rows = all.filter { keeps[$0] }
    guard rows.count > 1 else {
      throw Refusal("\(table.path) has \(rows.count) complete rows of \(table.rows), too few to learn from")
    }
    return rows
  }

  private func exampleShape(_ inputs: [RowPreparation.Input], _ path: String) throws(Refusal) -> Shape {
    let width = inputs.reduce(0) { $0 + $1.width }
    guard let shape else { return [width] }
    guard shape.count == width else {
      throw Refusal(
        "\(path) has \(width) columns besides the label, and an image of \(shape) has \(shape.count) numbers")
    }
    return shape
  }

  private func checkBytes(_ numbers: Floats, _ path: String) throws(Refusal) {
    let wrong = numbers.withUnsafeBufferPointer { $0.first { UInt8(exactly: $0) == nil } }
    guard let wrong else { return }
    throw Refusal(
      "\(path) holds \(wrong.isNaN ? "missing values" : CSVTable.text(wrong)); images are bytes from 0 to 255")
  }
}

extension Refusal {
  fileprivate static func noLabel(_ path: String, _ file: String, _ names: [String]) -> Refusal {
    Refusal(
      "which column says what a row is? \(path) has: \(names.prefix(20).joined(separator: ", ").visible)",
      hint: "load \(ArgumentType<String>.quote(file)) label=\(ArgumentType<String>.quote(names.last ?? ""))")
  }
  fileprivate static func notCategories(_ path: String, _ column: String, _ count: Int) -> Refusal {
    Refusal(
      "\(path): \(column.visible) has \(count) different words, nearly one a row, so it is no category; "
        + "leave it out by ignore=")
  }
}
