import Engine
import Grammar

/// The layers that a config of Keras's describes: a `Sequential`, or a functional model that is a plain chain.
struct KerasChain {
  /// A layer as its config has it.
  struct Layer {
    let className: String
    let name: String
    let config: [String: KerasJSON]

    /// `Dense "hidden"`, for messages.
    var shown: String { "\(className.shown) \"\(name.shown)\"" }
  }

  let path: String
  /// The extents of an example.
  let input: [Int]
  /// The layers behind the input.
  let layers: [Layer]

  /// - Throws: `Refusal` when it is no chain, or does not say how large an example is.
  init(_ model: KerasJSON, path: String) throws(Refusal) {
    self.path = path
    guard let className = model["class_name"]?.text, let config = model["config"] else {
      throw Refusal("\(path) does not describe a model of Keras's")
    }
    let list = config["layers"]?.list ?? config.list
    guard let list, !list.isEmpty else {
      throw Refusal("\(path) is \(className.shown), not a list of layers; Sequential and chains of layers are read")
    }
    switch className {
    case "Sequential": break
    case "Functional", "Model": try KerasChain.checkChain(list, config, path)
    default:
      throw Refusal("\(path) is a model of a class of its own, \(className.shown); its code is not in the file")
    }
    var layers: [Layer] = []
    for entry in list { layers.append(try KerasChain.layer(entry, path)) }
    input = try KerasChain.input(layers, config, path)
    self.layers = layers.filter { $0.className != "InputLayer" }
    guard !self.layers.isEmpty else { throw Refusal("\(path) has no layers") }
    guard layers.dropFirst().allSatisfy({ $0.className != "InputLayer" }) else {
      throw Refusal("\(path) has more than one input")
    }
  }

  private static func layer(_ entry: KerasJSON, _ path: String) throws(Refusal) -> Layer {
    guard let className = entry["class_name"]?.text, let config = entry["config"]?.members else {
      throw Refusal("\(path) holds a layer without a class or a config")
    }
    let package = entry["registered_name"]?.text ?? ""
    guard package.isEmpty || !package.contains(">") || package.hasPrefix("keras") else {
      throw Refusal(
        "\(path): \(className.shown) is a class of its maker's own, \(package.shown), which is not known here")
    }
    return Layer(className: className, name: config["name"]?.text ?? entry["name"]?.text ?? "", config: config)
  }

  /// The extents of an example, from the input layer or from what the first layer was built with.
  private static func input(_ layers: [Layer], _ config: KerasJSON, _ path: String) throws(Refusal) -> [Int] {
    let first = layers[0].config
    let shape = first["batch_shape"] ?? first["batch_input_shape"] ?? config["build_input_shape"]
    guard let shape = shape?.list, shape.count > 1 else {
      throw Refusal("\(path) does not say how large an example is: its model was saved before it saw one")
    }
    let extents = shape.dropFirst().map { $0.integer ?? 0 }
    guard (1...3).contains(extents.count), extents.allSatisfy({ $0 > 0 && $0 <= 1 << 20 }) else {
      throw Refusal(
        "\(path) takes examples of \(KerasJSON.list(Array(shape.dropFirst())).shown); "
          + "expected one to three extents from 1 to 1048576")
    }
    return extents
  }

  // MARK: Functional models

  /// - Throws: `Refusal` unless each layer takes what the one before it gives, and nothing else.
  private static func checkChain(_ list: [KerasJSON], _ config: KerasJSON, _ path: String) throws(Refusal) {
    var before: String?
    for entry in list {
      let name = entry["name"]?.text ?? entry["config"]?["name"]?.text ?? ""
      let sources = sources(entry["inbound_nodes"] ?? .null)
      guard sources == (before.map { [$0] } ?? []) else {
        throw Refusal(
          "\(path) is no chain of layers: \"\(name.shown)\" takes "
            + (sources.isEmpty ? "no other's output" : sources.map { "\"\($0.shown)\"" }.joined(separator: ", ")))
      }
      before = name
    }
    let outputs = ends(config["output_layers"] ?? .null)
    guard outputs == [before ?? ""] else {
      throw Refusal("\(path) is no chain of layers: it gives out more than what its last layer makes")
    }
  }

  /// The layers whose outputs a layer takes, each as often as it does.
  private static func sources(_ nodes: KerasJSON) -> [String] {
    switch nodes {
    case .object(let members):
      if let history = members["keras_history"]?.list { return [history.first?.text ?? ""] }
      return members.sorted { $0.key < $1.key }.flatMap { sources($0.value) }
    case .list(let values):
      // Before Keras 3: the name, the node, the tensor, and the arguments.
      if values.count >= 3, let name = values[0].text, values[1].integer != nil { return [name] }
      return values.flatMap(sources)
    default: return []
    }
  }

  /// `["dense", 0, 0]`, or a list of such.
  private static func ends(_ value: KerasJSON) -> [String] {
    guard let values = value.list else { return [] }
    if let name = values.first?.text { return [name] }
    return values.flatMap(ends)
  }
}
