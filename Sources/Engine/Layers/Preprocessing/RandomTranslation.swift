import Grammar

/// Moves each image by its own random distance while training: `[batch, h, w, channels] → [batch, h, w, channels]`.
///
/// Down by −factor … factor of the height and to the right by as much of the width, evenly; after Keras 3.15, whose
/// fill mode is reflect.
public struct RandomTranslation: Layer, Operation {
  public let heightFactor: Double
  /// `heightFactor` when nil.
  public let widthFactor: Double?
  public let fill: FillMode

  public static let form = Form<RandomTranslation>(
    "random_translation", "Moves each image by its own random distance while training.",
    Parameter("height_factor", .number(0...1), "the largest distance up or down, as a share of the height"),
    .widthFactor(), .fillMode(),
    source: "Keras 3.15",
    examples: ["add random_translation 0.1", "add random_translation 0.1 0.2 fill_mode=nearest"],
    make: { RandomTranslation(heightFactor: $0, widthFactor: $1, fill: $2) },
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
    let (height, width) = (Double(pass.inputShape[0]), Double(pass.inputShape[1]))
    Warp(fill: fill).forward(pass) { image in
      let down = Random.uniform(2 * image, seed: pass.seed, within: heightFactor) * height
      let right = Random.uniform(2 * image + 1, seed: pass.seed, within: widthFactor ?? heightFactor) * width
      return Warp.Transform(a: (1, 0, Float(-right)), b: (0, 1, Float(-down)))
    }
  }

  public func backward(_ pass: BackwardPass) { Warp(fill: fill).backward(pass) }
}
