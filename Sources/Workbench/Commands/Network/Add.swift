import Engine
import Grammar

/// Adds a layer at the end of the network.
struct Add: Command {
  let layer: any Layer

  static let form = Form<Add>(
    "add", "Adds a layer at the end of the network; shapes are checked now.",
    .nested(Layers.catalogue, "the layer"), otherNames: ["Sequential"],
    examples: ["add dense 512 relu"], make: { Add(layer: $0) }, settings: { $0.layer })

  static var effect: Effect { .undoable }

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    var network = draft.network ?? Network(data: dataset.shape)
    draft.network = nil
    let notes = draft.noteSeed() + draft.noteForgotten()
    do throws(Refusal) { try network.append(layer, random: &draft.random) } catch {
      // Where there is no layer, none can be taken away to make it fit.
      let isFirst = network.layers.isEmpty && error.hint == "remove"
      throw isFirst ? Refusal(error.message, hint: "help \(layer.name)") : error
    }
    draft.network = network
    draft.forgetTraining()
    return LayerTable(network, only: network.layers.count - 1, notes: notes)
  }
}
