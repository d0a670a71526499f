import Glibc
import Grammar

/// Turns each image by its own random angle while training: `[batch, h, w, channels] → [batch, h, w, channels]`.
///
/// By −factor … factor of a whole turn, evenly, about the middle; after Keras 3.15, whose fill mode is reflect.
public struct RandomRotation: Layer, Operation {
  /// The largest angle, 1 a whole turn.
  public let factor: Double
  public let fill: FillMode

  public static let form = Form<RandomRotation>(
    "random_rotation", "Turns each image by its own random angle while training.",
    Parameter("factor", .number(0...1), "the largest angle either way, as a share of a whole turn"), .fillMode(),
    source: "Keras 3.15",
    examples: ["add random_rotation 0.03"], make: { RandomRotation(factor: $0, fill: $1) },
    settings: { ($0.factor, $0.fill) })

  public init(factor: Double, fill: FillMode = .reflect) {
    self.factor = factor
    self.fill = fill
  }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    try Images.require(input, for: name)
    return input
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    plan.keep(each: Warp.Transform.count)
    return self
  }

  public func forward(_ pass: ForwardPass) {
    let (x, y) = (Double(pass.inputShape[1] - 1) / 2, Double(pass.inputShape[0] - 1) / 2)
    Warp(fill: fill).forward(pass) { image in
      let angle = Random.uniform(image, seed: pass.seed, within: factor) * 2 * .pi
      let (c, s) = (cos(angle), sin(angle))
      // The middle stays where it is.
      return Warp.Transform(
        a: (Float(c), Float(-s), Float(x - x * c + y * s)), b: (Float(s), Float(c), Float(y - x * s - y * c)))
    }
  }

  public func backward(_ pass: BackwardPass) { Warp(fill: fill).backward(pass) }
}
