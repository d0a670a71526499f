import Engine
import Grammar

/// Lists the layers with their shapes and parameters.
struct Summary: Command {
  static let form = Form<Summary>(
    "summary", "Lists the layers: output shapes, parameters, memory.",
    examples: ["summary"], make: { Summary() }, settings: { _ in () })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    LayerTable(try draft.built())
  }
}
