import Datasets
import Engine
import Pictures

/// Examples that are no pictures: rows of numbers, or texts.
struct ExampleTable {
  /// Numbers of a row that are shown, and characters of a text.
  private static let (mostNumbers, mostCharacters) = (8, 60)

  let dataset: Dataset
  let split: Split

  private var examples: Examples { split == .test ? dataset.test : dataset.train }

  /// What is to be said of an example.
  func truth(_ row: Int) -> String {
    if dataset.targets.isClasses { return dataset.classes[examples.labels[row]] }
    let width = examples.targets.width
    return examples.targets.numbers[row * width..<(row + 1) * width].map(ValueTable.text).joined(separator: " ")
  }

  func table(_ rows: [Int]) -> Table {
    let last = Table.Column(
      dataset.target ?? (dataset.targets.isClasses ? "class" : "value"), leansRight: !dataset.targets.isClasses)
    guard dataset.texts == nil else {
      return Table(
        [.init("index"), last, .init("text", leansRight: false)],
        rows: rows.map {
          [Line("\($0)", .dim), Line(truth($0), Style(.blue)), Line(text($0)).cut(to: ExampleTable.mostCharacters)]
        },
        values: rows.map { ["\($0)", truth($0), text($0)] })
    }
    let count = examples.shape.count
    let shown = min(count, ExampleTable.mostNumbers)
    let names = (0..<count).map { dataset.columns.indices.contains($0) ? dataset.columns[$0] : "\($0)" }
    let rest: [Table.Column] = shown < count ? [.init("…")] : []
    return Table(
      [.init("index")] + names.prefix(shown).map { .init($0) } + rest + [last],
      rows: rows.map { row in
        [Line("\(row)", .dim)] + examples.numbers(of: row).prefix(shown).map { Line(ValueTable.text($0)) }
          + rest.map { _ in Line("…", .dim) } + [Line(truth(row), Style(.blue))]
      },
      values: rows.map { row in
        ["\(row)"] + examples.numbers(of: row).prefix(shown).map { "\($0)" } + rest.map { _ in "…" } + [truth(row)]
      })
  }

  private func text(_ row: Int) -> String {
    guard let texts = dataset.texts else { return "" }
    let inTest = split == .test
    return texts.hasWords
      ? texts.text(of: row, inTest: inTest)
      : texts.numbers(of: row, inTest: inTest).map(String.init).joined(separator: " ")
  }
}

extension Examples {
  /// Whether an example is something to look at, rather than a row of numbers.
  var isPictured: Bool { pixels != nil || shape.rank >= 2 }
}
