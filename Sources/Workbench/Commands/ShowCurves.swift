import Engine
import Grammar
import Pictures

/// Shows how loss and metrics went over all fits.
struct ShowCurves: Command {
  static let form = Form<ShowCurves>(
    "show curves", "Shows how the loss, the metrics and the learning rate went over all fits, the best epoch marked.",
    examples: ["show curves"], make: { ShowCurves() }, settings: { _ in () })

  static func canRun(on session: Session) -> Bool { !session.history.isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    guard !draft.history.isEmpty else { throw Refusal("nothing has been trained yet", hint: "fit 3 128") }
    return Finding(epochs: draft.history)
  }

  private struct Finding: Answer {
    let epochs: [Epoch]

    private var best: Epoch? { epochs.filter { $0.monitored.isFinite }.min { $0.monitored < $1.monitored } }

    var json: JSON {
      .object([
        ("best", best.map { .integer($0.number) } ?? .null), ("history", .list(epochs.map(\.json))),
      ])
    }

    /// The figures as a table, for files.
    var pictures: [any Picture] { [EpochTable.table(epochs)] }

    var shown: [any Picture] {
      let names = epochs.last?.training.figures.map(\.name) ?? []
      let rates = Set(epochs.map(\.learningRate))
      return names.flatMap { [curve($0), Paragraph(Line())] as [any Picture] }
        + (rates.count > 1 ? [rate] : [])
    }

    private func curve(_ name: String) -> Curve {
      let validation = epochs.map { $0.validation?[name] }
      let training = Curve.Series("training", mark: "•", Style(.blue), values: epochs.map { $0.training[name] })
      let other = Curve.Series("validation", mark: "○", Style(.yellow), values: validation)
      return Curve(
        name, validation.contains { $0 != nil } ? [training, other] : [training], labels: epochs.map(\.number),
        marked: best.flatMap { best in epochs.firstIndex { $0.number == best.number } })
    }

    private var rate: Curve {
      Curve(
        "learning rate", [Curve.Series("", mark: "•", values: epochs.map(\.learningRate))],
        labels: epochs.map(\.number))
    }
  }
}
