import Engine
import Grammar

/// Takes a layer out of the network.
struct Remove: Command {
  /// Which layers go.
  enum Choice: Equatable {
    case last
    case number(Int)
    case all
  }

  let choice: Choice

  static let form = Form<Remove>(
    "remove", "Takes layer K out of the network, or the last one, or all.",
    Parameter("k", kind.from(.layers), default: .last, "the layer's number in summary, last, or all"),
    examples: ["remove", "remove 1", "remove all"], make: { Remove(choice: $0) }, settings: { $0.choice })

  static var effect: Effect { .undoable }

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var network = try draft.built()
    let notes = draft.noteForgotten()
    switch choice {
    case .all: network = Network(data: network.data)
    case .last: try network.remove(at: network.layers.count - 1, random: &draft.random)
    case .number(let number):
      guard number <= network.layers.count else { throw .noLayer(number, network) }
      try network.remove(at: number - 1, random: &draft.random)
    }
    draft.network = network
    draft.forgetTraining()
    return LayerTable(network, notes: notes)
  }

  private static let kind = ArgumentType<Choice>(
    expected: "a layer's number from 1, last, or all", choices: [.init("last"), .init("all")],
    read: { (word) throws(Misread) -> Choice in
      switch word.plain {
      case "last": return .last
      case "all": return .all
      default:
        guard let number = Int(word.plain), number >= 1 else {
          throw Misread("expected a layer's number from 1, last, or all, not \"\(word.text)\"", at: word.span)
        }
        return .number(number)
      }
    },
    write: {
      switch $0 {
      case .last: "last"
      case .all: "all"
      case .number(let number): String(number)
      }
    })
}

extension Refusal {
  fileprivate static func noLayer(_ number: Int, _ network: Network) -> Refusal {
    Refusal(
      "there is no layer \(number): the network has \(network.layers.count)", hint: "remove \(network.layers.count)")
  }
}
