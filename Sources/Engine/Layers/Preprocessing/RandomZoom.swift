import Grammar

/// Makes each image smaller or larger by its own random factor while training: `[batch, h, w, channels] →` the same.
///
/// An image shows 1 − factor … 1 + factor of the height and of the width, evenly, about the middle: above 1 it looks
/// smaller. Without a factor for the width both are the same. After Keras 3.15, whose fill mode is reflect.
public struct RandomZoom: Layer, Operation {
  public let heightFactor: Double
  /// The height's number itself when nil, so that the image keeps its proportions.
  public let widthFactor: Double?
  public let fill: FillMode

  public static let form = Form<RandomZoom>(
    "random_zoom", "Makes each image smaller or larger by its own random factor while training.",
    Parameter("height_factor", .number(0...1), "how much more or less of the height is shown, as a share of it"),
    .widthFactor(), .fillMode(),
    source: "Keras 3.15",
    examples: ["add random_zoom 0.1"],
    make: { RandomZoom(heightFactor: $0, widthFactor: $1, fill: $2) },
    settings: { ($0.heightFactor, $0.widthFactor, $0.fill) })

  public init(heightFactor: Double, widthFactor: Double? = nil, fill: FillMode = .reflect) {
    self.heightFactor = heightFactor
    self.widthFactor = widthFactor
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
      let tall = 1 + Random.uniform(2 * image, seed: pass.seed, within: heightFactor)
      let wide = widthFactor.map { 1 + Random.uniform(2 * image + 1, seed: pass.seed, within: $0) } ?? tall
      return Warp.Transform(a: (Float(wide), 0, Float(x * (1 - wide))), b: (0, Float(tall), Float(y * (1 - tall))))
    }
  }

  public func backward(_ pass: BackwardPass) { Warp(fill: fill).backward(pass) }
}
