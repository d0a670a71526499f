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
    .named("ignore", columnsKind, default: [], "columns to leave out"),
    .named("heading", ArgumentType<Bool>.flag.optional, default: nil, "whether the first row holds the columns' names"),
    endings: [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"], examples: ["load iris.csv label=species"],
    make: { CSVFile(file: $0, label: $1, missing: $2, decimal: $3, task: $4, shape: $5, ignored: $6, heading: $7) },
    settings: { ($0.file, $0.label, $0.missing, $0.decimal, $0.task, $0.shape, $0.ignored, $0.heading) })

  /// `id,name`.
  static let columnsKind = ArgumentType<String>.text("a column").list(of: { $0 })

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
    let table = try CSVTable(
      path, decimal: UInt8(ascii: decimal == "," ? "," : "."), hasHeading: heading,
      watch: ReadWatch(file, context.observer))
    let labelled = try labelColumn(table)
    let left = try leftOut(table, labelled)
    let inputs = try inputs(table, label: labelled, left)
    let rows = try completeRows(table, inputs.map(\.name), labelled)
    let labels = try CSVLabels(labelled, of: table, rows: rows, task: task)
    var preparation = RowPreparation(
      inputs: inputs, decimal: table.decimal, hasHeading: table.dialect.heading != nil,
      shape: try exampleShape(inputs, path), isImage: shape != nil, label: labelled.name, classes: labels.classes,
      hasNumberedClasses: !labels.classes.isEmpty && labelled.isNumbers)
    preparation.dropsMissing = missing == .drop
    preparation.exactNames = Set(inputs.map(\.name).filter(table.exactNames.contains))
    let numbers = try preparation.numbers(table, rows: rows)
    if shape != nil { try checkBytes(numbers, of: table, inputs, rows: rows) }
    let all = Examples(
      shape: preparation.shape, features: shape == nil ? .floats(numbers) : preparation.features(numbers, [:]),
      targets: labels.targets)
    let exact = shape == nil ? preparation.exact(table, rows: rows) : [:]
    var dataset = try parts(all, exact, labels, &preparation, context)
    dataset.notes = notes(table, labelled, labels, rows, left) + dataset.notes
    dataset.rows = preparation
    dataset.target = labelled.name
    dataset.columns = shape != nil ? [] : inputs.flatMap(\.columns)
    return dataset
  }

  /// Training and test examples: by chance, or from another file.
  private func parts(
    _ all: Examples, _ exact: ExactColumns, _ labels: CSVLabels, _ preparation: inout RowPreparation,
    _ context: LoadContext
  ) throws(Refusal) -> Dataset {
    if let testFile = context.testFile {
      let order = Division.mixed(all.count, seed: context.seed)
      let trainExact = exact.picked(order)
      let train = filled(try all.picked(order), trainExact, &preparation)
      let test = try preparation.examples(
        of: context.path(testFile), isTest: true, observer: context.observer)
      guard test.isLabelled else {
        throw Refusal("\(testFile) has no complete column \"\(preparation.label.visible)\" to be tested by")
      }
      var dataset = Dataset(
        name: file, train: train, test: test.examples, classes: labels.classes,
        origin: "from a table of \(all.count) rows, tested by \(testFile)")
      dataset.notes = test.notes
      dataset.exact = (trainExact.filled(preparation.means), test.exact)
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
    dataset.notes += division.notes(labels.labels, labels.classes)
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
