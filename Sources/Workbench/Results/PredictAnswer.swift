import Pictures

/// What the network takes some examples or images for.
struct PredictAnswer: Answer {
  struct Row: Sendable {
    let subject: Predict.Subject
    /// The true class; nil where nobody knows it.
    let label: Int?
    let predicted: Int
    let probabilities: [Float]
    /// The picture, or the steps of its preparation.
    let tiles: [TileGrid.Tile]
    let notes: [Line]

    fileprivate var name: String {
      switch subject {
      case .example(let index): "\(index)"
      case .file(let path): path
      }
    }

    fileprivate var json: JSON {
      let subject: (String, JSON) =
        switch self.subject {
        case .example(let index): ("index", .integer(index))
        case .file(let path): ("file", .text(path))
        }
      return .object([
        subject, ("class", .integer(predicted)), ("probabilities", .list(probabilities.map(JSON.float))),
      ])
    }
  }

  /// More are shown as a table instead of a picture each.
  private static let pictured = 3

  let classes: [String]
  let rows: [Row]

  var json: JSON { .object([("predictions", .list(rows.map(\.json)))]) }

  var notes: [Line] { rows.flatMap(\.notes) }

  var pictures: [any Picture] { [table] }

  var shown: [any Picture] {
    guard rows.count <= PredictAnswer.pictured else { return [table] }
    return rows.flatMap { row in
      [
        TileGrid(row.tiles, map: row.label == nil ? .photo : .writing), Paragraph(sentence(row)),
        ClassBars.table(classes, row.probabilities, label: row.label), Paragraph(Line()),
      ] as [any Picture]
    }
  }

  private func sentence(_ row: Row) -> Line {
    let isRight = row.label.map { $0 == row.predicted }
    return Line("\(row.name) is taken for ")
      + Line(classes[row.predicted], Style(isRight == false ? .red : .green, isBold: true))
      + Line(isRight == false ? ", and is " : "")
      + Line(isRight == false ? classes[row.label ?? 0] : "", Style(.blue, isBold: true))
  }

  private var table: Table {
    let head: [Table.Column] = [.init("index"), .init("true"), .init("predicted")]
    return Table(
      head + classes.map { .init("p(\($0))") },
      rows: rows.map { row in
        let style = row.label == nil || row.label == row.predicted ? Style(.green) : Style(.red)
        return [
          Line(row.name), Line(row.label.map { classes[$0] } ?? "", Style(.blue)), Line(classes[row.predicted], style),
        ] + row.probabilities.map { Line(fixed(Double($0), 3), $0 < 0.0005 ? .dim : .plain) }
      },
      values: rows.map { row in
        [row.name, row.label.map { classes[$0] } ?? "", classes[row.predicted]] + row.probabilities.map { "\($0)" }
      })
  }
}
