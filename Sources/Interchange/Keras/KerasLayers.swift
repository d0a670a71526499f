import Engine
import Grammar

/// The layers of a network as Keras's `Sequential` has them.
struct KerasLayers {
  /// A layer, and the one of ours that it is a part of; nil for what only shapes the data.
  struct Entry {
    let object: KerasObject
    let source: Int?
  }

  let entries: [Entry]

  /// - Throws: `Refusal` that names a layer which Keras does not have.
  init(_ network: Network) throws(Refusal) {
    var entries = [Entry(object: KerasLayers.input(network.data), source: nil)]
    if let first = network.shapes.first, first != network.data {
      entries.append(Entry(object: KerasLayers.bridge(to: first), source: nil))
    }
    for (index, layer) in network.layers.enumerated() {
      for object in try KerasLayers.objects(layer) { entries.append(Entry(object: object, source: index)) }
    }
    self.entries = entries
  }

  private static func input(_ shape: Shape) -> KerasObject {
    KerasObject(module: "", className: "Input", arguments: [.init("shape", .tuple(shape.extents.map { .integer($0) }))])
  }

  /// What a first layer does by itself here: it takes an image as one row, or gives it an axis for its channel.
  private static func bridge(to shape: Shape) -> KerasObject {
    guard shape.rank > 1 else { return KerasObject(module: "layers", className: "Flatten") }
    return KerasObject(
      module: "layers", className: "Reshape",
      arguments: [.init("target_shape", .tuple(shape.extents.map { .integer($0) }))])
  }

  /// A layer; two where its activation has a parameter of its own, which only a layer has in Keras.
  static func objects(_ layer: any Layer) throws(Refusal) -> [KerasObject] {
    guard let spelling = Layers.catalogue.spelling(layer) else { throw Refusal("\(layer.name) has no form") }
    let name = try KerasNames.name(spelling.name, in: KerasNames.layers, what: "layer")
    if name == "Activation" { return [try alone(layer.activation)] }
    var object = KerasObject(module: "layers", className: name)
    if name == "Reshape" {
      let extents = spelling.entries.first?.words.map { KerasObject.Value(word: $0) } ?? []
      object.arguments = [.init("target_shape", .tuple(extents))]
      return [object]
    }
    let prefix = name == "DepthwiseConv2D" ? "depthwise" : "kernel"
    var following: [KerasObject] = []
    for entry in spelling.entries {
      guard let word = entry.words.first else { continue }
      switch entry.name {
      case "activation":
        guard !entry.isDefault else { continue }
        if word.contains(" ") {
          following = [try alone(layer.activation)]
        } else {
          object.arguments.append(.init("activation", .text(try activation(word))))
        }
      case "kernel_initializer":
        object.arguments.append(
          .init("\(prefix)_initializer", try initializer(word), isDefault: entry.isDefault))
      case "bias_initializer":
        object.arguments.append(.init(entry.name, try initializer(word), isDefault: entry.isDefault))
      case "l1", "l2": continue
      // Means have no size of their own there, as maxima have.
      case "pool_size": object.arguments.append(.init(entry.name, .init(word: word)))
      default:
        object.arguments.append(
          .init(KerasNames.parameters[entry.name] ?? entry.name, .init(word: word), isDefault: entry.isDefault))
      }
    }
    if let regularizer = regularizer(spelling) { object.arguments.append(.init("\(prefix)_regularizer", regularizer)) }
    // Where ours moves as far across as up and down, Keras wants both said.
    if name == "RandomTranslation", spelling["width_factor"] == nil, let height = spelling["height_factor"] {
      object.arguments.append(.init("width_factor", .init(word: height)))
    }
    return [object] + following
  }

  private static func regularizer(_ spelling: Spelling) -> KerasObject.Value? {
    let terms = spelling.entries.filter { ["l1", "l2"].contains($0.name) && !$0.isDefault }
    guard !terms.isEmpty else { return nil }
    // A term that is not named is 0.01 there.
    return .object(
      KerasObject(
        module: "regularizers", className: "L1L2",
        arguments: ["l1", "l2"].map { .init($0, .number(spelling[$0].flatMap(Double.init) ?? 0)) }))
  }

  private static func activation(_ name: String) throws(Refusal) -> String {
    guard KerasNames.activations.contains(name) else {
      throw Refusal("Keras has no activation like \(name)", hint: "help \(name)")
    }
    return name
  }

  /// An activation as a layer.
  private static func alone(_ activation: any Activation) throws(Refusal) -> KerasObject {
    let spelling = Activations.catalogue.spelling(activation)
    let chosen = spelling?.entries.filter { !$0.isDefault } ?? []
    guard let name = spelling?.name, !chosen.isEmpty, let layer = KerasNames.activationLayers[name] else {
      return KerasObject(
        module: "layers", className: "Activation",
        arguments: [.init("activation", .text(try self.activation(activation.name)))])
    }
    return KerasObject(
      module: "layers", className: layer,
      arguments: chosen.map { .init($0.name, .init(word: $0.words.first ?? "")) })
  }

  /// By its name where it has no parameters, else by its class.
  private static func initializer(_ word: String) throws(Refusal) -> KerasObject.Value {
    let name = String(word.prefix { $0 != " " })
    let className = try KerasNames.name(name, in: KerasNames.initializers, what: "initializer")
    guard name != word, let value = try? Initializers.catalogue.value(of: word),
      let spelling = Initializers.catalogue.spelling(value)
    else { return .text(name) }
    return .object(
      KerasObject(
        module: "initializers", className: className,
        arguments: spelling.entries.map {
          .init($0.name, .init(word: $0.words.first ?? ""), isDefault: $0.isDefault)
        }))
  }
}
