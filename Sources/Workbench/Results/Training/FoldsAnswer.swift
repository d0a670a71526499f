import Engine
import Pictures

/// What came of a K-fold validation.
struct FoldsAnswer: Answer {
  /// The epochs of each fold.
  let folds: [SharedList<Epoch>]
  /// Whether they began from new weights, as the session's had learnt already.
  let areDrawnAnew: Bool

  /// Names of what was measured, `val_loss` first.
  private var names: [String] { folds.first?.last?.validation?.figures.map { "val_\($0.name)" } ?? [] }

  /// A figure of the last epoch of each fold.
  private func values(of name: String) -> [Double] {
    folds.compactMap { epochs in epochs.last?.figures.first { $0.name == name }?.value }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

  /// How far the folds lie apart: the standard deviation of a sample, as there are few.
  private static func deviation(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.count < 2
      ? 0 : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  /// The means over all folds, for `expect`.
  var means: [Figure] { names.map { Figure($0, FoldsAnswer.mean(values(of: $0))) } }

  /// The mean of a figure in each epoch that every fold has seen.
  private func course(_ name: String) -> [Double] {
    let length = folds.map(\.count).min() ?? 0
    return (0..<length).map { epoch in
      FoldsAnswer.mean(folds.compactMap { $0[epoch].figures.first { $0.name == name }?.value })
    }
  }

  var json: JSON {
    .object([
      (
        "folds",
        .list(folds.map { epochs in .object((epochs.last?.figures ?? []).map { ($0.name, .number($0.value)) }) })
      ),
      ("mean", .object(names.map { ($0, .number(FoldsAnswer.mean(values(of: $0)))) })),
      ("deviation", .object(names.map { ($0, .number(FoldsAnswer.deviation(values(of: $0)))) })),
      ("history", .object(names.map { ($0, .list(course($0).map(JSON.number))) })),
    ])
  }

  var notes: [Line] {
    (areDrawnAnew ? ["the network has learnt already, so each fold began from new weights, the same for all"] : [])
      + ["the session's network is the one before: folds only tell how well such a one learns"]
  }

  var pictures: [any Picture] { [table] }

  var shown: [any Picture] { [table, Paragraph(Line())] + curves }

  private var curves: [any Picture] {
    names.filter { course($0).count > 1 }.map { name in
      let values = course(name)
      let best = values.indices.min { values[$0] < values[$1] }
      return Curve(
        "\(name), mean of \(folds.count) folds", [Curve.Series("", Style(.yellow), values: values)],
        labels: Array(1...values.count), marked: name == "val_loss" ? best : nil)
    }
  }

  private var table: Table {
    func row(_ title: String, _ values: [Double], _ style: Style = .plain) -> [Line] {
      [Line(title, style)] + values.map { Line(figureText($0), style) }
    }
    let columns = names.map { values(of: $0) }
    let rows = folds.indices.map { fold in
      row("fold \(fold + 1)", columns.map { $0.indices.contains(fold) ? $0[fold] : .nan })
    }
    let (means, deviations) = (columns.map(FoldsAnswer.mean), columns.map(FoldsAnswer.deviation))
    return Table(
      [.init("", leansRight: false)] + names.map { .init($0) },
      rows: rows + [row("mean", means, .bold), row("deviation", deviations, .dim)],
      values: folds.indices.map { fold in ["fold \(fold + 1)"] + columns.map { "\($0[fold])" } }
        + [["mean"] + means.map { "\($0)" }, ["deviation"] + deviations.map { "\($0)" }])
  }
}
