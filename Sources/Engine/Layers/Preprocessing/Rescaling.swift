import CKernels
import Grammar

/// Multiplies every number and adds to it: y = x·scale + offset, `[batch, …] → [batch, …]`.
///
/// After Keras 3.15. Images come as numbers from 0 to 1, so `rescaling 2 -1` makes −1 to 1 of them.
public struct Rescaling: Layer, Operation {
  public let scale: Double
  public let offset: Double

  public static let form = Form<Rescaling>(
    "rescaling", "Multiplies every number and adds to it.",
    Parameter("scale", .number, "the factor"), Parameter("offset", .number, default: 0, "what is added"),
    formula: "y = x·scale + offset", source: "Keras 3.15", examples: ["add rescaling 2 -1"],
    make: { Rescaling(scale: $0, offset: $1) }, settings: { ($0.scale, $0.offset) })

  public init(scale: Double, offset: Double = 0) {
    self.scale = scale
    self.offset = offset
  }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape { input }

  public func products(for input: Shape) -> Int { input.count }

  public func forward(_ pass: ForwardPass) {
    let (scale, offset) = (Float(scale), Float(offset))
    pass.threads.split(pass.input.count, into: 16) { range in
      kernels.scale(
        pass.input.base + range.lowerBound, scale, offset, pass.output.base + range.lowerBound, range.count)
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let scale = Float(scale)
    pass.threads.split(inputGradient.count, into: 16) { range in
      kernels.scale(
        pass.outputGradient.base + range.lowerBound, scale, 0, inputGradient.base + range.lowerBound, range.count)
    }
  }
}
