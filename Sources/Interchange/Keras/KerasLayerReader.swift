import Engine
import Grammar

/// A layer's config as the words that make a layer of ours.
///
/// The list is closed: a class that is no layer here is refused, and so is an argument whose meaning no layer here has.
struct KerasLayerReader {
  /// What becomes of a layer.
  enum Outcome: Equatable {
    /// The words of a layer: `dense units=10 activation=softmax`.
    case line(String)
    /// An activation with a parameter, which a layer of ours takes into itself.
    case activation(String)
  }

  private(set) var outcome: Outcome
  /// What of it is otherwise here, and only counts when it begins anew.
  private(set) var notes: [String] = []

  private let layer: KerasChain.Layer
  private let path: String
  /// Arguments that have been understood.
  private var used: Set<String> = []

  private static let forms: [String: String] = Dictionary(
    uniqueKeysWithValues: KerasNames.layers.map { ($1, $0) })
  private static let initializers: [String: String] = Dictionary(
    uniqueKeysWithValues: KerasNames.initializers.map { ($1, $0) })
  /// Layers that are an activation.
  private static let activations = ["Activation", "ReLU", "Softmax", "LeakyReLU", "ELU"]

  /// - Parameter input: the shape in front of the layer.
  /// - Throws: `Refusal` that names the layer, and the argument that no layer here has.
  init(_ layer: KerasChain.Layer, input: Shape, path: String) throws(Refusal) {
    (self.layer, self.path, outcome) = (layer, path, .line(""))
    try checkType()
    if Self.activations.contains(layer.className) {
      outcome = try alone(input)
    } else {
      guard let name = Self.forms[layer.className], let form = Layers.catalogue[name] else {
        throw .unknown(path, layer)
      }
      outcome = .line(try line(form, input))
    }
    try checkRest(input)
  }

  // MARK: Words

  private mutating func line(_ form: Form<any Layer>, _ input: Shape) throws(Refusal) -> String {
    if form.name == "reshape" { return "reshape " + (try extents(input)).map(String.init).joined(separator: " ") }
    var words: [String] = []
    for slot in form.slots {
      guard let word = try word(of: slot.name) else { continue }
      // What follows from another argument is not said.
      if slot.name == "strides", word == self["pool_size"]?.word { continue }
      if slot.name == "width_factor", word == words.first?.split(separator: "=").last.map(String.init) { continue }
      words.append("\(slot.name)=\(ArgumentType<String>.quote(word))")
    }
    return ([form.name] + words).joined(separator: " ")
  }

  private subscript(name: String) -> KerasJSON? { layer.config[name] }

  private mutating func take(_ names: String...) -> KerasJSON? {
    used.formUnion(names)
    return names.lazy.compactMap { [layer] in layer.config[$0] }.first { $0 != .null }
  }

  /// The word of a parameter of ours; nil where the config says nothing of it.
  private mutating func word(of name: String) throws(Refusal) -> String? {
    switch name {
    case "activation": return try take(name).map { (value) throws(Refusal) in try activation(value) }
    case "kernel_initializer": return initializer(take(name, "depthwise_initializer"), of: "kernel")
    case "bias_initializer": return initializer(take(name), of: "bias")
    case "l1", "l2": return try penalty(name)
    case "height_factor", "width_factor", "factor": return try range(name)
    case "padding" where layer.className == "ZeroPadding2D": return try sides()
    default:
      let key = KerasNames.parameters[name] ?? name
      guard let value = take(key) else { return nil }
      guard let word = value.word else { throw .unknown(path, layer, key, value) }
      return word
    }
  }

  /// `0.1`; `[-0.1, 0.1]` is the same.
  private mutating func range(_ name: String) throws(Refusal) -> String? {
    guard let value = take(name) else { return nil }
    if case .list(let ends) = value {
      guard ends.count == 2, let low = ends[0].number, let high = ends[1].number, low == -high else {
        throw .unknown(path, layer, name, value)
      }
      return ends[1].word
    }
    return value.word
  }

  /// `[[1, 1], [2, 2]]` → `1x2`.
  private mutating func sides() throws(Refusal) -> String? {
    guard let value = take("padding") else { return nil }
    guard let axes = value.list, axes.contains(where: { $0.list != nil }) else { return value.word }
    let words = axes.compactMap { axis in
      axis.list.flatMap { Set($0.map(\.integer)).count == 1 ? $0[0].word : nil }
    }
    guard words.count == 2 else { throw .unknown(path, layer, "padding", value) }
    return words.joined(separator: "x")
  }

  /// The extents of `Reshape`, of which one may be left open.
  private mutating func extents(_ input: Shape) throws(Refusal) -> [Int] {
    let value = take("target_shape") ?? .null
    let extents = (value.list ?? []).compactMap(\.integer)
    let known = Shape(extents.filter { $0 != -1 }).count
    guard extents.count == value.list?.count, extents.allSatisfy({ $0 == -1 || $0 > 0 }), !extents.isEmpty,
      extents.filter({ $0 == -1 }).count <= 1, known <= input.count
    else { throw .unknown(path, layer, "target_shape", value) }
    return extents.map { $0 == -1 ? input.count / known : $0 }
  }

  // MARK: Activations, initializers, penalties

  private func activation(_ value: KerasJSON) throws(Refusal) -> String {
    // A function is written as an object that names it.
    let name = value.text ?? value["config"]?.text ?? ""
    let ours = name == "swish" ? "silu" : name
    guard KerasNames.activations.contains(ours) else { throw .unknown(path, layer, "activation", value) }
    return ours
  }

  private mutating func alone(_ input: Shape) throws(Refusal) -> Outcome {
    switch layer.className {
    case "Activation": return .line("activation \(try activation(take("activation") ?? .null))")
    case "Softmax":
      try checkAxis(input)
      return .line("activation softmax")
    case "LeakyReLU":
      return .activation("leaky_relu negative_slope=\(take("negative_slope", "alpha")?.word ?? "0.3")")
    case "ELU": return .activation("elu alpha=\(take("alpha")?.word ?? "1")")
    default:
      for (name, other) in [("max_value", Double.infinity), ("threshold", 0)] {
        let value = take(name)
        guard value == nil || value?.number == other else { throw .unknown(path, layer, name, value ?? .null) }
      }
      guard let negativeSlope = take("negative_slope"), negativeSlope.number != 0 else {
        return .line("activation relu")
      }
      return .activation("leaky_relu negative_slope=\(negativeSlope.word ?? "")")
    }
  }

  /// An initializer only counts when the network begins anew, so one that is not known here is told, not refused.
  private mutating func initializer(_ value: KerasJSON?, of what: String) -> String? {
    guard let value else { return nil }
    let (name, config) = (value.text ?? value["class_name"]?.text ?? "", value["config"])
    let ours =
      name == "VarianceScaling" ? scaled(config) : Self.initializers[name] ?? (Initializers.catalogue[name]?.name)
    if let ours, let form = Initializers.catalogue[ours] {
      let words = form.slots.compactMap { slot in config?[slot.name]?.word.map { "\(slot.name)=\($0)" } }
      let line = ([ours] + words).joined(separator: " ")
      if (try? Initializers.catalogue.value(of: line)) != nil { return line }
    }
    notes.append("reset draws the \(what) of \(layer.shown) in another way than \(value.shown)")
    return nil
  }

  /// What Keras 2 called by what it does.
  private func scaled(_ config: KerasJSON?) -> String? {
    let distribution = config?["distribution"]?.text?.replacing("truncated_normal", with: "normal") ?? ""
    guard ["uniform", "normal"].contains(distribution) else { return nil }
    return switch (config?["mode"]?.text, config?["scale"]?.number) {
    case ("fan_avg", 1): "glorot_\(distribution)"
    case ("fan_in", 2): "he_\(distribution)"
    case ("fan_in", 1): "lecun_\(distribution)"
    default: nil
    }
  }

  private mutating func penalty(_ name: String) throws(Refusal) -> String? {
    guard let value = take("kernel_regularizer", "depthwise_regularizer") else { return nil }
    let kind = value.text ?? value["class_name"]?.text ?? ""
    guard ["L1L2", "L1", "L2", "l1", "l2", "l1_l2"].contains(kind) else {
      throw .unknown(path, layer, "kernel_regularizer", value)
    }
    // One that is called by its name alone has a hundredth.
    if value.text != nil { return kind.lowercased().contains(name) ? "0.01" : nil }
    return value["config"]?[name]?.word
  }

  // MARK: What is left

  private mutating func checkType() throws(Refusal) {
    guard let type = take("dtype") else { return }
    let name = type.text ?? type["config"]?["name"]?.text
    guard name == "float32" else { throw .unknown(path, layer, "dtype", type) }
  }

  private mutating func checkAxis(_ input: Shape) throws(Refusal) {
    guard let value = take("axis") else { return }
    let axis = value.integer ?? (value.list?.count == 1 ? value.list?[0].integer : nil)
    guard axis == -1 || axis == input.rank else { throw .unknown(path, layer, "axis", value) }
  }

  /// Arguments that say nothing of what a layer computes, or nothing else than ours do.
  private static let neutral: [String: [KerasJSON]] = [
    "data_format": [.text("channels_last")], "groups": [.integer(1)], "interpolation": [.text("bilinear")],
    "fill_value": [.integer(0), .number(0)],
  ]
  private static let irrelevant: Set = [
    "name", "trainable", "seed", "batch_shape", "batch_input_shape", "renorm_momentum", "fused", "build_config",
    "input_dim",
  ]
  /// What normalization begins with here.
  private static let starts = [
    "beta_initializer": "zeros", "gamma_initializer": "ones", "moving_mean_initializer": "zeros",
    "moving_variance_initializer": "ones",
  ]

  /// - Throws: `Refusal` when the config says something that no layer here does.
  private mutating func checkRest(_ input: Shape) throws(Refusal) {
    if ["BatchNormalization", "LayerNormalization"].contains(layer.className) { try checkAxis(input) }
    for (name, value) in layer.config.sorted(by: { $0.key < $1.key }) {
      guard !used.contains(name), !value.isNothing, !Self.irrelevant.contains(name),
        !(Self.neutral[name]?.contains(value) ?? false)
      else { continue }
      guard let start = Self.starts[name] else { throw .unknown(path, layer, name, value) }
      let initializer = value.text ?? value["class_name"]?.text ?? ""
      if (Self.initializers[initializer] ?? initializer) != start {
        notes.append("reset begins \(layer.shown) with \(start), not with its \(KerasArguments.shown(name, value))")
      }
    }
  }
}

extension Refusal {
  fileprivate static func unknown(_ path: String, _ layer: KerasChain.Layer) -> Refusal {
    switch layer.className {
    case "Lambda":
      Refusal("\(path): \(layer.shown) is code of Python's, which is not run here; no file with a Lambda is read")
    case "Sequential", "Functional", "Model":
      Refusal("\(path): \(layer.shown) is a model inside the model; expected its layers in one row")
    default: Refusal("\(path): \(layer.shown) is no layer here", hint: "help layers")
    }
  }
  fileprivate static func unknown(
    _ path: String, _ layer: KerasChain.Layer, _ argument: String, _ value: KerasJSON
  ) -> Refusal {
    Refusal("\(path): no layer here is like \(layer.shown) with \(argument.shown)=\(value.shown)")
  }
}
