import Datasets
import Engine
import Grammar
import Pictures

/// Tells what is loaded.
struct DataFacts: Command {
  static let form = Form<DataFacts>(
    "data",
    "Tells what is loaded: shapes, type, range, how many of each class, or how values lie, and where it came from.",
    examples: ["data"], make: { DataFacts() }, settings: { _ in () })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    return Output(
      dataset: dataset, inputs: InputFacts(dataset.train),
      columns: dataset.columns.isEmpty ? [] : ColumnFacts.all(of: dataset.train, named: dataset.columns),
      train: dataset.targets.isClasses ? dataset.train.classCounts : [],
      test: dataset.targets.isClasses ? dataset.test.classCounts : [])
  }

  private struct Output: Answer {
    let dataset: Dataset
    let inputs: InputFacts
    let columns: [ColumnFacts]
    /// Examples of each class; none where they have values.
    let train: [Int]
    let test: [Int]

    var json: JSON {
      .object([
        ("name", .text(dataset.name)), ("origin", .text(dataset.origin)), ("train", .integer(dataset.train.count)),
        ("test", .integer(dataset.test.count)), ("shape", .list(dataset.shape.extents.map(JSON.integer))),
        ("type", .text(inputs.type)),
        ("range", .list([inputs.range.lowerBound, inputs.range.upperBound].map(JSON.number))),
        ("zeros", .number(inputs.zeros)), ("missing", .integer(inputs.missing)),
        ("labels", .list(dataset.classes.map(JSON.text))),
        ("train_counts", .list(train.map(JSON.integer))), ("test_counts", .list(test.map(JSON.integer))),
        ("values", .list(values.map(\.json))), ("columns", .list(columns.map(\.json))),
      ])
    }

    /// How the values of both parts lie; none where there are classes.
    private var values: [ColumnFacts] {
      dataset.targets.isClasses
        ? []
        : [
          ColumnFacts("training", dataset.train.targets.numbers), ColumnFacts("test", dataset.test.targets.numbers),
        ]
    }

    var pictures: [any Picture] {
      let total = "training \(grouped(dataset.train.count)), test \(grouped(dataset.test.count))"
      let what = dataset.texts == nil ? "\(dataset.shape)" : "\(grouped(dataset.shape.count)) words"
      var facts = [
        Line(dataset.name, .bold) + ", \(volatile: dataset.origin)",
        Line("\(total) examples of \(what), \(inputs.sentence)"),
      ]
      if let imbalance { facts.append(Line(imbalance)) }
      var pictures: [any Picture] = [Paragraph(facts)]
      pictures.append(
        dataset.targets.isClasses ? classes : ColumnFacts.table(values, heading: dataset.target ?? "value"))
      if !columns.isEmpty {
        pictures += [Paragraph(Line()), ColumnFacts.table(columns, heading: "column")] as [any Picture]
      }
      return pictures
    }

    private var classes: Table {
      let rows = dataset.classes.indices.map { index in
        [Line(dataset.classes[index]), Line(grouped(train[index])), Line(grouped(test[index]))]
      }
      let columns: [Table.Column] = [.init("class", leansRight: false), .init("training"), .init("test")]
      let values = dataset.classes.indices.map { [dataset.classes[$0], String(train[$0]), String(test[$0])] }
      return Table(columns, rows: rows, values: values)
    }

    /// What to know where some classes are much larger than others.
    private var imbalance: String? {
      guard let most = train.max(), let fewest = train.min(), most >= 3 * max(1, fewest),
        let large = train.firstIndex(of: most), let small = train.firstIndex(of: fewest)
      else { return nil }
      let share = percent(Double(test[large]) / Double(max(1, dataset.test.count)))
      return "classes are unequal: \(grouped(most)) examples of \(dataset.classes[large]), \(grouped(fewest)) of "
        + "\(dataset.classes[small]); who always says \(dataset.classes[large]) is right in \(share) of the tests"
    }
  }
}

extension Examples {
  /// Examples of each class.
  var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    return counts
  }
}

extension Targets {
  /// All values; none where they are classes.
  var numbers: [Float] { if case .values(let values, _) = self { values } else { [] } }
}
