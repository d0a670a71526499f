import Grammar

/// Draws new initial weights.
struct Reset: Command {
  static let form = Form<Reset>(
    "reset", "Draws new initial weights, and clears the optimizer and the history.",
    examples: ["reset"], make: { Reset() }, settings: { _ in () })

  static var effect: Effect { .undoable }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var network = try draft.built()
    try network.reset(random: &draft.random)
    draft.network = network
    try draft.trainer?.reset()
    draft.learntFrom = nil
    draft.history = []
    draft.hasUnsavedTraining = false
    draft.evaluation = nil
    draft.foldFigures = []
    return Remark("\(counted(network.parameters, "weight")) drawn anew", [("parameters", .integer(network.parameters))])
  }
}
