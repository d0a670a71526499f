import Datasets
import Engine
import Pictures

/// What the network takes some examples, images or rows for.
struct PredictAnswer: Answer {
  struct Row: Sendable {
    let subject: PredictSubject
    /// The true class, or the true values; nil and none where nobody knows them.
    let label: Int?
    let truth: [Float]
    /// The class; nil where there are values.
    let predicted: Int?
    /// What the network gives for the classes; nil where there are values.
    let outputs: ClassOutputs?
    /// The values that are predicted.
    let values: [Float]
    /// The picture, or the steps of its preparation.
    var tiles: [TileGrid.Tile] = []
    var notes: [Line] = []

    init(_ subject: PredictSubject, _ predictions: Predictions, _ row: Int, isTrueKnown: Bool) {
      let isClass = predictions.examples.targets.kind.isClasses
      self.subject = subject
      label = isClass && isTrueKnown ? predictions.examples.labels[row] : nil
      truth = isClass || !isTrueKnown ? [] : Array(predictions.truth(row))
      predicted = isClass ? predictions.predicted(row) : nil
      outputs = isClass ? predictions.classOutputs(row) : nil
      values = isClass ? [] : Array(predictions.outputs(row))
    }

    fileprivate var name: String { PredictSubject.kind.text(of: subject) }

    fileprivate var json: JSON {
      let subject: (String, JSON) =
        switch self.subject {
        case .examples(let range): ("index", .integer(range.lowerBound))
        case .image(let path), .table(let path): ("file", .text(path))
        case .split(let split): ("split", .text(split.rawValue))
        }
      guard let predicted, let outputs else {
        return .object([subject, ("value", ValueTable.json(values[...]))])
      }
      return .object([subject, ("class", .integer(predicted)), outputs.json])
    }
  }

  /// More are shown as a table instead of a picture each, and more than these are not shown but written to files.
  private static let (pictured, listed) = (3, 100)

  let dataset: Dataset
  let rows: [Row]
  let notes: [Line]

  init(dataset: Dataset, rows: [Row], notes: [Line] = []) {
    (self.dataset, self.rows) = (dataset, rows)
    self.notes = rows.flatMap(\.notes) + notes
  }

  var json: JSON { .object([("predictions", .list(rows.map(\.json)))]) }

  var byteCount: Int {
    let numbers = rows.first.map { $0.values.count + ($0.outputs?.numbers.count ?? 0) } ?? 0
    return rows.count * (128 + 4 * numbers)
  }

  var pictures: [any Picture] { [table(rows[...])] }

  var shown: [any Picture] {
    guard rows.count <= PredictAnswer.pictured else {
      let rest = rows.count - PredictAnswer.listed
      let more: [any Picture] =
        rest > 0
        ? [Paragraph(Line("and \(grouped(rest)) more; predict … > FILE.csv writes all of them", .dim))] : []
      return [table(rows.prefix(PredictAnswer.listed))] + more
    }
    return rows.flatMap { row in
      (row.tiles.isEmpty ? [] : [TileGrid(row.tiles, map: row.label == nil ? .photo : .writing)])
        + [Paragraph(sentence(row))] + bars(row) + [Paragraph(Line()) as any Picture]
    }
  }

  private func bars(_ row: Row) -> [any Picture] {
    guard let outputs = row.outputs, outputs.numbers.count == dataset.classes.count else { return [] }
    return [ClassBars.picture(dataset.classes, outputs, label: row.label)]
  }

  private func sentence(_ row: Row) -> Line {
    guard let predicted = row.predicted, let outputs = row.outputs else {
      let text = row.values.map(ValueTable.text).joined(separator: ", ")
      let name = dataset.target.map { " of \($0)" } ?? ""
      let line = Line("\(row.name) is predicted to have a value\(name) of ") + Line(text, .bold)
      return row.truth.isEmpty
        ? line : line + Line(", and has ") + Line(row.truth.map(ValueTable.text).joined(separator: ", "), Style(.blue))
    }
    let isRight = row.label.map { $0 == predicted }
    return Line("\(row.name) is taken for ")
      + Line(dataset.classes[predicted], Style(isRight == false ? .red : .green, isBold: true))
      + Line(isRight == false ? ", and is " : "")
      + Line(isRight == false ? dataset.classes[row.label ?? 0] : "", Style(.blue, isBold: true))
      + Line(outputs.numbers.count == 1 ? ", by an output of \(outputs.text(of: predicted))" : "")
  }

  private func table(_ rows: ArraySlice<Row>) -> Table {
    dataset.targets.isClasses ? classTable(rows) : valueTable(rows)
  }

  private func classTable(_ rows: ArraySlice<Row>) -> Table {
    let (head, classes): ([Table.Column], [String]) = (
      [.init("index"), .init("true"), .init("predicted")], dataset.classes
    )
    let outputs = rows.first?.outputs
    let heads = classes.map { "\(outputs?.areProbabilities == false ? "output" : "p")(\($0))" }
    let columns = outputs?.numbers.count == 1 ? ["output"] : heads
    return Table(
      head + columns.map { .init($0) },
      rows: rows.map { row in
        let style = row.label == nil || row.label == row.predicted ? Style(.green) : Style(.red)
        return [
          Line(row.name), Line(row.label.map { classes[$0] } ?? "", Style(.blue)),
          Line(row.predicted.map { classes[$0] } ?? "", style),
        ] + (row.outputs?.numbers ?? []).map { Line(fixed(Double($0), 3), $0 < 0.0005 ? .dim : .plain) }
      },
      values: rows.map { row in
        [row.name, row.label.map { classes[$0] } ?? "", row.predicted.map { classes[$0] } ?? ""]
          + (row.outputs?.numbers ?? []).map { "\($0)" }
      })
  }

  private func valueTable(_ rows: ArraySlice<Row>) -> Table {
    let width = rows.first?.values.count ?? 1
    let marks = (0..<width).map { width == 1 ? "" : " \($0 + 1)" }
    func truth(_ row: Row, _ index: Int) -> Float? { row.truth.indices.contains(index) ? row.truth[index] : nil }
    return Table(
      [.init("index")] + marks.flatMap { [.init("true\($0)"), .init("predicted\($0)")] },
      rows: rows.map { row in
        [Line(row.name)]
          + (0..<width).flatMap { index in
            [
              Line(truth(row, index).map(ValueTable.text) ?? "", Style(.blue)),
              Line(ValueTable.text(row.values[index])),
            ]
          }
      },
      values: rows.map { row in
        [row.name]
          + (0..<width).flatMap { index in [truth(row, index).map { "\($0)" } ?? "", "\(row.values[index])"] }
      })
  }
}
