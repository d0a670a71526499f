import Datasets
import Engine
import Grammar
import Pictures

/// Tells what is loaded.
struct DataFacts: Command {
  static let form = Form<DataFacts>(
    "data", "Tells what is loaded: shapes, type, range, how many of each class, where it came from.",
    examples: ["data"], make: { DataFacts() }, settings: { _ in () })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    _ = try dataset.train.requireClasses()
    return Output(
      dataset: dataset, train: counts(dataset.train), test: counts(dataset.test), range: dataset.train.range)
  }

  private func counts(_ examples: Examples) -> [Int] {
    var counts = [Int](repeating: 0, count: examples.classes)
    for label in examples.labels { counts[label] += 1 }
    return counts
  }

  private struct Output: Answer {
    let dataset: Dataset
    let train: [Int]
    let test: [Int]
    let range: ClosedRange<Float>

    private static func json(_ number: Float) -> JSON { Int(exactly: number).map(JSON.integer) ?? .float(number) }

    private static func text(_ number: Float) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }

    var json: JSON {
      .object([
        ("name", .text(dataset.name)), ("origin", .text(dataset.origin)), ("train", .integer(dataset.train.count)),
        ("test", .integer(dataset.test.count)), ("shape", .list(dataset.shape.extents.map(JSON.integer))),
        ("type", "uint8"), ("range", .list([range.lowerBound, range.upperBound].map(Output.json))),
        ("labels", .list(dataset.classes.map(JSON.text))),
        ("train_counts", .list(train.map(JSON.integer))), ("test_counts", .list(test.map(JSON.integer))),
      ])
    }

    var pictures: [any Picture] {
      let total = "training \(grouped(dataset.train.count)), test \(grouped(dataset.test.count))"
      let facts = Paragraph([
        Line(dataset.name, .bold) + ", \(volatile: dataset.origin)",
        Line(
          "\(total) examples of \(dataset.shape), bytes \(Output.text(range.lowerBound)) … "
            + "\(Output.text(range.upperBound)), given to the network as 0 … 1"),
      ])
      let rows = dataset.classes.indices.map { index in
        [Line(dataset.classes[index]), Line(grouped(train[index])), Line(grouped(test[index]))]
      }
      let columns: [Table.Column] = [.init("class", leansRight: false), .init("training"), .init("test")]
      let values = dataset.classes.indices.map { [dataset.classes[$0], String(train[$0]), String(test[$0])] }
      return [facts, Table(columns, rows: rows, values: values)]
    }
  }
}
