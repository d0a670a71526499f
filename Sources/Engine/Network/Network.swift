import Grammar

/// Layers in a row, and the numbers they have learnt.
///
/// A value: a copy goes its own way, and costs memory only once one of the two is trained.
public struct Network: Sendable {
  /// The shape of one example of the data.
  public let data: Shape
  public private(set) var layers: [any Layer] = []
  /// The shape in front of each layer, and behind the last: one more than there are layers.
  public private(set) var shapes: [Shape]
  /// Every tensor of every layer, in order.
  public private(set) var tensors: [WeightSlot] = []
  /// The numbers of all tensors, each at its `offset`.
  public package(set) var values = ParameterStorage()

  /// A network without layers for examples of shape `data`.
  public init(data: Shape) {
    self.data = data
    shapes = [data]
  }

  /// The shape of one example's output.
  public var output: Shape { shapes[shapes.count - 1] }

  /// How many numbers its layers keep, trainable or not.
  public var parameters: Int { tensors.reduce(0) { $0 + $1.count } }

  /// How many numbers layer `index` keeps.
  public func parameters(of index: Int) -> Int {
    tensors.reduce(0) { $0 + ($1.layer == index ? $1.count : 0) }
  }

  /// How many of the numbers the optimizer changes.
  public var trainable: Int { tensors.reduce(0) { $0 + ($1.weight.isTrainable ? $1.count : 0) } }

  /// Adds a layer at the end, with first weights drawn from `random`.
  /// - Throws: `Refusal` when the layer cannot take the shape before it, or the network would not fit into memory.
  public mutating func append(_ layer: any Layer, random: inout Random) throws(Refusal) {
    var draft = self
    try draft.place(layer)
    let first = values.count
    draft.values.append(repeating: 0, count: draft.end - first)
    draft.draw(draft.tensors[tensors.count...], random: &random)
    self = draft
  }

  /// Adds a layer at the end whose numbers are all 0 until others take their place.
  /// - Throws: `Refusal` when the layer cannot take the shape before it, or the network would not fit into memory.
  package mutating func append(blank layer: any Layer) throws(Refusal) {
    try append(blank: [layer])
  }

  /// Adds several such layers; memory for all their numbers is taken at once.
  package mutating func append(blank layers: [any Layer]) throws(Refusal) {
    var draft = self
    for layer in layers { try draft.place(layer) }
    draft.values.append(repeating: 0, count: draft.end - values.count)
    self = draft
  }

  /// The same network with other numbers, which lie as its own do.
  package func with(values: ParameterStorage) -> Network {
    precondition(values.count == self.values.count, "as many numbers")
    var network = self
    network.values = values
    return network
  }

  /// Takes a layer out. Layers behind it keep their weights where the shapes stay the same; others are drawn anew.
  /// - Throws: `Refusal` when a layer behind it cannot take the shape that is now before it.
  public mutating func remove(at index: Int, random: inout Random) throws(Refusal) {
    var draft = Network(data: data)
    for (position, layer) in layers.enumerated() where position != index {
      try draft.append(layer, random: &random)
      draft.adopt(from: self, layer: position)
    }
    self = draft
  }

  /// Draws all weights anew.
  /// - Throws: `Refusal` when the memory does not suffice; nothing has changed then.
  public mutating func reset(random: inout Random) throws(Refusal) {
    try Machine.require(
      Network.copies(of: values.count, largest: tensors.map(\.count).max() ?? 0), for: "drawing these weights anew",
      hint: "remove")
    draw(tensors[...], random: &random)
  }

  /// The first `count` layers, with the numbers of all of them, which are not copied.
  func head(_ count: Int) -> Network {
    var head = self
    head.layers = Array(layers.prefix(count))
    head.shapes = Array(shapes.prefix(count + 1))
    head.tensors = tensors.filter { $0.layer < count }
    return head
  }

  /// The same network as it is executed: a convolution and the max pooling right behind it are one where they can be,
  /// and nothing is left to do for the layer behind it.
  var fused: Network {
    var network = self
    for index in layers.indices.dropLast() {
      guard let both = (layers[index] as? Conv2D)?.pooled(by: layers[index + 1]) else { continue }
      network.layers[index] = both
      network.layers[index + 1] = ActivationLayer(activation: Linear())
      network.shapes[index + 1] = network.shapes[index + 2]
    }
    return network
  }

  /// Where the numbers of the last tensor end, the gap behind them included.
  private var end: Int { tensors.last.map { Workspace.rounded($0.range.upperBound) } ?? 0 }

  /// Enters a layer and its tensors, without their numbers.
  private mutating func place(_ layer: any Layer) throws(Refusal) {
    let input = layers.isEmpty ? layer.inputShape(forData: data) : output
    let output = try layer.output(for: input)
    let weights = layer.weights(for: input)
    try Network.measure(layer, weights, output: output, before: parameters)
    guard max(input.count, output.count) <= Int(Int32.max) else { throw .tooWide(layer, output) }
    for weight in weights { try weight.initializer.check(weight.shape) }
    if layers.isEmpty { shapes = [input] }
    for weight in weights {
      tensors.append(WeightSlot(layer: layers.count, layerName: layer.name, weight: weight, offset: end))
    }
    layers.append(layer)
    shapes.append(output)
  }

  /// Refuses by arithmetic a layer whose weights do not fit into memory, or the output of one example.
  private static func measure(
    _ layer: any Layer, _ weights: [Weight], output: Shape, before: Int
  ) throws(Refusal) {
    var floats: Int? = before
    for weight in weights { floats = floats.adding(weight.shape.count).adding(16) }
    let largest = weights.map(\.shape.count).max() ?? 0
    let bytes = floats.flatMap { copies(of: $0, largest: largest) }
    try Machine.require(
      Int?(output.count).adding(0).times(MemoryLayout<Float>.stride).flatMap { bytes.adding($0) },
      for: "a network with this \(layer.name) layer", hint: "help \(layer.name)")
  }

  /// Bytes of new memory for all numbers, and for the largest tensor as it is drawn: row by row, beside what an
  /// initializer works on.
  private static func copies(of count: Int, largest: Int) -> Int? {
    Int?(largest).times(3).adding(count).times(MemoryLayout<Float>.stride)
  }

  private mutating func draw(_ tensors: ArraySlice<WeightSlot>, random: inout Random) {
    values.withUnsafeMutableBufferPointer { values in
      for tensor in tensors {
        let (weight, place) = (tensor.weight, FloatSpan(values, tensor.range))
        guard let panels = weight.panels else {
          weight.initializer.fill(place, shape: weight.shape, random: &random)
          continue
        }
        var rows = ParameterStorage(repeating: 0, count: tensor.count)
        rows.withUnsafeMutableBufferPointer {
          let rows = FloatSpan($0, 0..<$0.count)
          weight.initializer.fill(rows, shape: weight.shape, random: &random)
          panels.copy(place, rowByRow: rows, back: true)
        }
      }
    }
  }

  /// Takes over the weights of another network's layer for the last one here, if the shapes are the same.
  private mutating func adopt(from other: Network, layer: Int) {
    let mine = tensors.filter { $0.layer == layers.count - 1 }
    let theirs = other.tensors.filter { $0.layer == layer }
    guard mine.map(\.weight.shape) == theirs.map(\.weight.shape) else { return }
    for (tensor, source) in zip(mine, theirs) { self[tensor] = other[source] }
  }
}

extension Refusal {
  /// OpenBLAS counts rows and columns in 32 bits.
  fileprivate static func tooWide(_ layer: any Layer, _ output: Shape) -> Refusal {
    Refusal(
      "\(layer.name) would give \(output) for each example; a layer has 2147483647 numbers at most, "
        + "before and after it",
      hint: "help \(layer.name)")
  }
}

/// Where one tensor of a network stands among its numbers.
public struct WeightSlot: Sendable {
  /// The layer's place, from 0.
  public let layer: Int
  let layerName: String
  public let weight: Weight
  let offset: Int

  /// How many numbers it has.
  public var count: Int { weight.shape.count }

  /// The name in files: `1.dense.kernel`, layers counted from 1.
  public var name: String { "\(layer + 1).\(layerName).\(weight.name)" }

  var range: Range<Int> { offset..<offset + count }
}

extension FloatSpan {
  /// A range of a buffer that is held for the time.
  init(_ buffer: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>) {
    precondition(range.upperBound <= buffer.count, "a range lies inside its buffer")
    self.init((buffer.baseAddress ?? FloatSpan.nowhere) + range.lowerBound, count: range.count)
  }

  /// Where a view of no floats begins; never read.
  private nonisolated(unsafe) static let nowhere = UnsafeMutablePointer<Float>.allocate(capacity: 1)
}

extension Int? {
  /// The sum, or nil once something does not fit into an `Int`; `Int.max` counts as not fitting.
  func adding(_ other: Int) -> Int? {
    guard let self, other < .max else { return nil }
    let (sum, overflow) = self.addingReportingOverflow(other)
    return overflow ? nil : sum
  }

  /// The product, or nil once something does not fit.
  func times(_ other: Int) -> Int? {
    guard let self else { return nil }
    let (product, overflow) = self.multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }
}
