import CKernels
import Grammar

/// Takes the mean of each channel over the whole image: `[batch, height, width, channels] → [batch, channels]`.
///
/// After Keras 3.15 `GlobalAveragePooling2D`.
public struct GlobalAvgPool2D: Layer, Operation {
  public static let form = Form<GlobalAvgPool2D>(
    "globalavgpool2d", "Takes the mean of each channel over the whole image.",
    formula: "y[c] = mean of x[i, j, c] over all i, j",
    source: "Lin, Chen and Yan 2014; Keras 3.15", otherNames: ["GlobalAveragePooling2D"],
    examples: ["add globalavgpool2d"], make: { GlobalAvgPool2D() }, settings: { _ in () })

  public init() {}

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Images.require(input, for: name)
    return [input.last]
  }

  public func products(for input: Shape) -> Int { input.count }

  public func forward(_ pass: ForwardPass) {
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    let share = Float(channels) / Float(size)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let (x, y) = (pass.input.base + image * size, pass.output.base + image * channels)
        y.update(repeating: 0, count: channels)
        kernels.add_rows(x, size / channels, channels, y)
        kernels.scale(y, share, 0, y, channels)
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    let share = Float(channels) / Float(size)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let (dx, dy) = (inputGradient.base + image * size, pass.outputGradient.base + image * channels)
        for pixel in stride(from: 0, to: size, by: channels) {
          kernels.scale(dy, share, 0, dx + pixel, channels)
        }
      }
    }
  }
}
