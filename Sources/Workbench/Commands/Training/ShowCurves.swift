import Engine
import Grammar
import Pictures

/// Shows how loss and metrics went over all fits.
struct ShowCurves: Command {
  static let form = Form<ShowCurves>(
    "show curves", "Shows how the loss, the metrics and the learning rate went over all fits, the best epoch marked.",
    otherNames: ["history"], examples: ["show curves"], make: { ShowCurves() }, settings: { _ in () })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { !session.history.isEmpty }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    guard !draft.history.isEmpty else {
      throw Refusal("nothing has been trained yet", hint: draft.isCompiled ? "fit 3 128" : draft.nextLine)
    }
    return Output(epochs: draft.history)
  }

  private struct Output: Answer {
    let epochs: SharedList<Epoch>

    var json: JSON {
      .object([
        ("best", epochs.best.map { .integer($0.number) } ?? .null), ("history", .list(epochs.map(\.json))),
      ])
    }

    /// The figures as a table, for files.
    var pictures: [any Picture] { [EpochTable.table(epochs)] }

    var shown: [any Picture] { Curves.of(epochs) }
  }
}
