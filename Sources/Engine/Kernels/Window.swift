import Grammar

/// What slides over an image, a kernel or a pool: its size, its steps, and its behaviour at the edges.
struct Window: Equatable, Sendable {
  var size: Pair
  var strides = Pair(1)
  var padding = Padding.valid
  /// Pixels from one pixel of the window to the next.
  var dilation = Pair(1)

  /// Whether a place sees nothing that comes after it in its row: all columns of padding are to the left.
  var isCausal = false

  /// Pixels from its first to its last, both counted.
  var reach: Pair { Pair((size.height - 1) * dilation.height + 1, (size.width - 1) * dilation.width + 1) }

  /// What a person typed of a pool's window, the strides only where they are not its size.
  var poolSettings: (Pair, Pair?, Padding) { (size, strides == size ? nil : strides, padding) }

  /// - Throws: `Refusal` when both are above 1, which Keras does not do.
  func requireStridesOrDilation(for layer: String) throws(Refusal) {
    if strides != Pair(1), dilation != Pair(1) { throw .stridesAndDilation(layer) }
  }

  /// The way of the window over an image for the layer that was asked.
  /// - Parameters:
  ///   - part: what the window is called: `kernel`.
  ///   - remedy: the layer with padding, as a command.
  /// - Throws: `Refusal` when the input is no image, or one smaller than the window.
  func sweep(_ input: Shape, of layer: String, part: String, remedy: String?) throws(Refusal) -> WindowGeometry {
    try Images.require(input, for: layer)
    let tooLarge = reach.height > input[0] || reach.width > input[1]
    if padding == .valid, tooLarge { throw .larger(layer, part, reach, input, remedy) }
    return WindowGeometry(self, over: input)
  }
}

extension Parameter where Value == Pair {
  static func poolSize() -> Parameter {
    Parameter("pool_size", .pair(1), default: Pair(2), "pixels of the window, as 2 or 2x3")
  }

  static func strides(default initial: Pair) -> Parameter {
    Parameter("strides", .pair(1), default: initial, "pixels from one place to the next, as 2 or 2x1")
  }

  static func dilation() -> Parameter {
    Parameter(
      "dilation", .pair(1), default: Pair(1), alias: "dilation_rate",
      "pixels from one number of the kernel to the next")
  }
}

extension Parameter where Value == Pair? {
  static func poolStrides() -> Parameter {
    Parameter(
      "strides", ArgumentType.pair(1).optional, default: .some(nil),
      "pixels from one place to the next; else the pool's size")
  }
}

extension Refusal {
  fileprivate static func stridesAndDilation(_ layer: String) -> Refusal {
    Refusal(
      "\(layer) takes strides or dilation above 1, not both at once, as in Keras", hint: "help \(layer)")
  }

  fileprivate static func larger(
    _ layer: String, _ part: String, _ reach: Pair, _ input: Shape, _ remedy: String?
  ) -> Refusal {
    Refusal(
      "\(layer)'s \(part) of \(reach.height)×\(reach.width) pixels is larger than its image, \(input); "
        + "it needs \(reach.height)×\(reach.width)×\(input[2]) or more",
      hint: remedy.map { "add \($0)" } ?? "remove")
  }
}
