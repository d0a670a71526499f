import Grammar

/// Puts zeros around images: `[batch, h, w, channels] → [batch, h + 2·padding, w + 2·padding, channels]`.
///
/// After Keras 3.15, the same above as below and left as right.
public struct ZeroPadding2D: Layer, Operation {
  /// Rows above and below, and columns left and right.
  public let padding: Pair

  public static let form = Form<ZeroPadding2D>(
    "zeropadding2d", "Puts zeros around images.",
    Parameter("padding", .pair(0), default: Pair(1), "pixels at each edge, as 2; 2x1 above and below, left and right"),
    source: "Keras 3.15",
    examples: ["add zeropadding2d 2"], make: { ZeroPadding2D(padding: $0) }, settings: { $0.padding })

  public init(padding: Pair = Pair(1)) { self.padding = padding }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Images.require(input, for: name)
    return [input[0] + 2 * padding.height, input[1] + 2 * padding.width, input[2]]
  }

  public func forward(_ pass: ForwardPass) {
    let size = pass.output.count / pass.batch
    pass.threads.split(pass.batch, into: 16) { images in
      pass.output.part(images.lowerBound * size, count: images.count * size).fill(0)
      forEachLine(images, pass.inputShape) { inside, padded, count in
        (pass.output.base + padded).update(from: pass.input.base + inside, count: count)
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    pass.threads.split(pass.batch, into: 16) { images in
      forEachLine(images, pass.inputShape) { inside, padded, count in
        (inputGradient.base + inside).update(from: pass.outputGradient.base + padded, count: count)
      }
    }
  }

  /// Where every line of the images begins without padding and with it, and how many numbers it has.
  private func forEachLine(_ images: Range<Int>, _ input: Shape, _ body: (Int, Int, Int) -> Void) {
    let (height, width, channels) = (input[0], input[1], input[2])
    for image in images {
      for line in 0..<height {
        let row = image * (height + 2 * padding.height) + padding.height + line
        body(
          (image * height + line) * width * channels,
          (row * (width + 2 * padding.width) + padding.width) * channels, width * channels)
      }
    }
  }
}
