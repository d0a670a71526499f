import Engine
import Grammar
import Pictures

/// Shows the network as somebody would draw it on a board.
struct ShowNetwork: Command {
  static let form = Form<ShowNetwork>(
    "show network", "Shows the network as a diagram: shapes, parameters and activations.",
    examples: ["show network"], make: { ShowNetwork() }, settings: { _ in () })

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let network = try draft.built()
    return Output(diagram: Diagram(ShowNetwork.stages(network)), layers: LayerTable(network).json)
  }

  private static func stages(_ network: Network) -> [Diagram.Stage] {
    let input = Diagram.Stage("input", "", shape: "\(network.data)", parameters: "", form(network.data))
    return [input] + network.layers.indices.map { index in
      let (layer, count) = (network.layers[index], network.parameters(of: index))
      return Diagram.Stage(
        title(layer), layer.activation is Linear ? "" : layer.activation.name,
        shape: "\(network.shapes[index]) → \(network.shapes[index + 1])",
        parameters: count == 0 ? "" : counted(count, "parameter"), form(network.shapes[index + 1]),
        hearsAll: layer is Dense)
    }
  }

  /// What was typed, without the activation and without `key=value`: `conv2d 32 3`.
  private static func title(_ layer: any Layer) -> String {
    let words = (Layers.catalogue.line(layer) ?? layer.name).split(separator: " ")
    let plain = words.filter { !$0.contains("=") && !$0.contains("\"") && $0 != layer.activation.name }
    return layer is ActivationLayer ? layer.name : plain.joined(separator: " ")
  }

  private static func form(_ shape: Shape) -> Diagram.Stage.Form {
    switch shape.rank {
    case 2: .maps(1, height: shape[0], width: shape[1])
    case 3...: .maps(shape[2], height: shape[0], width: shape[1])
    default: .units(shape.count)
    }
  }

  private struct Output: Answer {
    let diagram: Diagram
    let layers: JSON

    var json: JSON { layers }
    var pictures: [any Picture] { [diagram] }
  }
}
