import Engine
import Grammar

/// Makes a network of ours of a chain of Keras's layers, its numbers all 0.
struct KerasBuilder {
  private(set) var network: Network
  /// The layers of the chain with the places of ours that they became.
  private(set) var places: [KerasWeights.Place] = []
  private(set) var notes: [String] = []
  /// Layers with weights that were kept from learning.
  private var frozen: [String] = []
  var isFrozen: Bool { !frozen.isEmpty }

  private let path: String

  /// - Parameter data: the shape of the examples that are loaded; nil where there are none.
  /// - Throws: `Refusal` that names a layer which is not here, or does not take what comes before it.
  init(_ chain: KerasChain, for data: Shape?) throws(Refusal) {
    path = chain.path
    network = Network(data: Shape(chain.input))
    let first = try KerasBuilder.first(chain)
    network = Network(data: KerasBuilder.data(chain, first, for: data))
    let shape = first.shape
    if first.skips { places.append(.init(className: chain.layers[0].className, source: nil)) }
    if first.layer.inputShape(forData: network.data) != shape {
      // Ours come without the axes that the model wants.
      try append("reshape " + shape.extents.map(String.init).joined(separator: " "), in: nil)
    }
    for layer in chain.layers.dropFirst(first.skips ? 1 : 0) {
      try add(layer, input: network.layers.isEmpty ? shape : network.output)
    }
    if isFrozen {
      let rest = frozen.count > 3 ? " and \(frozen.count - 3) more" : ""
      notes.append("trainable=false there: \(frozen.prefix(3).joined(separator: ", "))\(rest); here every layer learns")
    }
  }

  // MARK: The input

  /// What stands in front.
  private struct First {
    /// Whether the chain's first layer only shapes examples as ours does by itself.
    let skips: Bool
    /// The first of ours, and the shape that the chain gives it.
    let layer: any Layer
    let shape: Shape
  }

  /// The first layer behind what only gives examples the shape that it takes.
  private static func first(_ chain: KerasChain) throws(Refusal) -> First {
    let input = Shape(chain.input)
    let first = try layer(chain.layers[0], input, chain.path)
    guard ["Flatten", "Reshape"].contains(chain.layers[0].className), chain.layers.count > 1,
      let shape = try? first.output(for: input),
      let second = try? layer(chain.layers[1], shape, chain.path), second.inputShape(forData: bare(input)) == shape
    else { return First(skips: false, layer: first, shape: input) }
    return First(skips: true, layer: second, shape: shape)
  }

  private static func layer(_ layer: KerasChain.Layer, _ input: Shape, _ path: String) throws(Refusal) -> any Layer {
    switch try KerasLayerReader(layer, input: input, path: path).outcome {
    case .line(let line): return try made(line, layer, path)
    case .activation(let activation): return try made("activation \(activation)", layer, path)
    }
  }

  /// The shape without an axis of one channel, as data of ours come.
  private static func bare(_ shape: Shape) -> Shape {
    shape.rank == 3 && shape.last == 1 ? Shape(Array(shape.extents.dropLast())) : shape
  }

  /// The shape of our data: as they are loaded where the network takes them so, else as the chain has them.
  private static func data(_ chain: KerasChain, _ first: First, for data: Shape?) -> Shape {
    let input = Shape(chain.input)
    if let data, data.count == input.count { return data }
    let bare = bare(input)
    return first.layer.inputShape(forData: bare) == first.shape ? bare : input
  }

  // MARK: Layers

  private mutating func add(_ layer: KerasChain.Layer, input: Shape) throws(Refusal) {
    let reader = try KerasLayerReader(layer, input: input, path: path)
    notes += reader.notes
    switch reader.outcome {
    case .line(let line): try append(line, in: layer)
    case .activation(let activation):
      if try merge(activation) {
        places.append(.init(className: layer.className, source: nil))
      } else {
        try append("activation \(activation)", in: layer)
      }
    }
    if layer.config["trainable"] == .flag(false), network.parameters(of: network.layers.count - 1) > 0 {
      frozen.append(layer.shown)
    }
  }

  private mutating func append(_ line: String, in layer: KerasChain.Layer?) throws(Refusal) {
    do throws(Refusal) { try network.append(blank: try KerasBuilder.made(line, layer, path)) } catch {
      // What would be typed next is for a network that is made here, not for one in a file.
      throw Refusal("\(path): \(layer?.shown ?? line): \(error.message)")
    }
    if let layer { places.append(.init(className: layer.className, source: network.layers.count - 1)) }
  }

  /// Gives the last layer an activation with a parameter, which only a layer of its own has in Keras.
  private mutating func merge(_ activation: String) throws(Refusal) -> Bool {
    guard let last = network.layers.last, last.activation is Linear,
      let spelling = Layers.catalogue.spelling(last), spelling.name != "activation",
      spelling.entries.contains(where: { $0.name == "activation" })
    else { return false }
    let words = spelling.entries.compactMap { entry -> String? in
      let word = entry.name == "activation" ? activation : entry.words.first
      return word.map { "\(entry.name)=\(ArgumentType<String>.quote($0))" }
    }
    var shorter = Network(data: network.data)
    for layer in network.layers.dropLast() { try shorter.append(blank: layer) }
    try shorter.append(blank: try KerasBuilder.made(([spelling.name] + words).joined(separator: " "), nil, path))
    network = shorter
    return true
  }

  private static func made(_ line: String, _ layer: KerasChain.Layer?, _ path: String) throws(Refusal) -> any Layer {
    do throws(Misread) { return try Layers.catalogue.value(of: line) } catch {
      throw Refusal("\(path): \(layer?.shown ?? line) is no layer here: \(error.message)")
    }
  }
}
