import CKernels
import Grammar

/// Keeps the largest number of each channel in the whole image: `[batch, height, width, channels] → [batch, channels]`;
/// NaN is the largest of all.
///
/// The gradient is shared evenly by numbers that are equally large, as TensorFlow's `reduce_max` does it under Keras
/// 3.15 `GlobalMaxPooling2D`.
public struct GlobalMaxPool2D: Layer, Operation {
  public static let form = Form<GlobalMaxPool2D>(
    "globalmaxpool2d", "Keeps the largest number of each channel in the whole image.",
    formula: "y[c] = max of x[i, j, c] over all i, j",
    source: "Keras 3.15", otherNames: ["GlobalMaxPooling2D"],
    examples: ["add globalmaxpool2d"], make: { GlobalMaxPool2D() }, settings: { _ in () })

  public init() {}

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Images.require(input, for: name)
    return [input.last]
  }

  /// The largest number of each channel.
  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    plan.keep(each: input.last)
    return self
  }

  public func forward(_ pass: ForwardPass) {
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let (x, y) = (pass.input.base + image * size, pass.output.base + image * channels)
        y.update(from: x, count: channels)
        for pixel in stride(from: channels, to: size, by: channels) {
          kernels.maximum(x + pixel, y, channels)
        }
        if pass.isTraining { (pass.saved.base + image * channels).update(from: y, count: channels) }
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let (x, dx) = (pass.input.base + image * size, inputGradient.base + image * size)
        for c in 0..<channels {
          let (largest, outputGradient) = (pass.saved[image * channels + c], pass.outputGradient[image * channels + c])
          var equals: Float = 0
          for i in stride(from: c, to: size, by: channels) { equals += x[i] == largest ? 1 : 0 }
          for i in stride(from: c, to: size, by: channels) { dx[i] = x[i] == largest ? outputGradient / equals : 0 }
        }
      }
    }
  }
}
