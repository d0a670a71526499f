import CKernels
import Grammar

/// Makes a share of the channels 0 while training, each as a whole, and the rest larger.
///
/// `[batch, height, width, channels] → [batch, height, width, channels]`; after Keras 3.15 (Tompson et al. 2014).
public struct SpatialDropout2D: Layer, Operation {
  /// Probability that a channel becomes 0, 0 ..< 1.
  public let rate: Double

  public static let form = Form<SpatialDropout2D>(
    "spatial_dropout2d", "Makes a share of the channels 0 while training, each as a whole.",
    Parameter("rate", .number(0..<1), "the share that becomes 0"),
    formula: "training: x / (1 − rate) or 0, the same in all of a channel; otherwise x",
    source: "Tompson et al. 2014; Keras 3.15",
    examples: ["add spatial_dropout2d 0.2"], make: { SpatialDropout2D(rate: $0) }, settings: { $0.rate })

  public init(rate: Double) { self.rate = rate }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Images.require(input, for: name)
    return input
  }

  /// The factor of each channel.
  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    plan.keep(each: input.last)
    return self
  }

  public func forward(_ pass: ForwardPass) {
    guard pass.isTraining else { return pass.output.copy(from: pass.input) }
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    let mask = DropMask(rate: rate, seed: pass.seed)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let factors = pass.saved.part(image * channels, count: channels)
        for c in 0..<channels { factors[c] = mask.factor(image * channels + c) }
        scale(pass.input.part(image * size, count: size), factors, into: pass.output.part(image * size, count: size))
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        scale(
          pass.outputGradient.part(image * size, count: size), pass.saved.part(image * channels, count: channels),
          into: inputGradient.part(image * size, count: size))
      }
    }
  }

  private func scale(_ x: FloatSpan, _ factors: FloatSpan, into y: FloatSpan) {
    for pixel in stride(from: 0, to: x.count, by: factors.count) {
      kernels.multiply(x.base + pixel, factors.base, y.base + pixel, factors.count)
    }
  }
}
