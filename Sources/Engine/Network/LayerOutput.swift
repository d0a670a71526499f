import Grammar

/// What a network makes of one example on the way through its layers.
public struct LayerOutput: Sendable {
  /// The shape behind the last of the layers.
  public let shape: Shape
  /// The numbers behind its activation.
  public let values: [Float]

  /// Carries an example through the first `layers` layers.
  /// - Precondition: the network has so many layers, and the example is there.
  /// - Throws: `Refusal` when the memory does not suffice, or the example cannot be read any more.
  public init(
    behind layers: Int, of network: Network, example: Int, in examples: Examples, threads: Threads
  ) throws(Refusal) {
    let head = network.head(layers)
    let executor = try Executor(head, capacity: 1, isTraining: false, threads: threads)
    try executor.take(examples, [example])
    head.values.withSpan { executor.forward($0, rows: 1, seed: 0) }
    let output = executor.output(rows: 1)
    shape = head.output
    values = Array(UnsafeBufferPointer(start: output.base, count: output.count))
  }
}
