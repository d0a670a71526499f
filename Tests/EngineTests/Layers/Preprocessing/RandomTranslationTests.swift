import Grammar
import Testing

@testable import Engine

@Suite struct RandomTranslationTests {
  static let twins = [
    twin(0.3, nil, .constant, [6, 5, 2]), twin(0.2, 0.9, .nearest, [5, 4, 1]), twin(1, 1, .reflect, [4, 5, 1]),
  ]

  private static func twin(_ height: Double, _ width: Double?, _ fill: FillMode, _ shape: Shape) -> Twin {
    Twin(RandomTranslation(heightFactor: height, widthFactor: width, fill: fill), shape) { given in
      warped(given, fill) { image, x, y in
        let (u, v) = (Random.uniform(2 * image, seed: given.seed), Random.uniform(2 * image + 1, seed: given.seed))
        return (x - (2 * v - 1) * (width ?? height) * Double(shape[1]), y - (2 * u - 1) * height * Double(shape[0]))
      }
    }
  }

  /// A 4×5 image, and what Keras 3.15.1 with TensorFlow makes of it with 0.9, −0.3, −1.4; 0.25, 1.1, −1.7.
  @Test("images as keras.ops.image.affine_transform moves them", arguments: [
    (FillMode.constant, [
      0, 0, 0, 0.095, 1.5, 0, 0, 0.09, 1.15, 7.7, 0, 0, 6.4, 4.325, 7.7, 0, 0, 6.95, 7.35, 1.94,
    ]),
    (.nearest, [
      0, 0, 0.4, 1.9, 5, 0, 0, 0.1, 1.15, 7.7, 4, 6, 8, 4.325, 7.7, 12.2, 13.95, 13.9, 7.35, 1.94,
    ]),
    (.reflect, [
      4.04, 3.6, 1.44, 1.9, 5, 0.7, 0, 0.1, 1.15, 7.7, 1.5, 5.575, 8, 4.325, 7.7, 4.64, 9.17, 13.9, 7.35, 1.94,
    ]),
    (.wrap, [
      9.1, 6.25, 4.2, 0.7, 0.2, 1.9, 4, 3.7, 1.15, 7.7, 11, 13.575, 13, 4.325, 7.7, 13.6, 11.98, 8.5, 7.35, 1.94,
    ]),
  ])
  func golden(_ fill: FillMode, _ expected: [Double]) throws {
    let bench = try Bench(Moved(fill: fill), [4, 5, 1], batch: 1)
    for i in 0..<20 { bench.input[i] = Float(i * i % 17) }
    bench.forward()
    #expect(distance(bench.output.doubles, expected) < 2e-6)
  }

  /// A layer with a transform that is not random.
  private struct Moved: Layer, Operation {
    let fill: FillMode

    static let form = Form<Moved>("moved", "", examples: [], make: { Moved(fill: .constant) }, settings: { _ in () })

    func output(for input: Shape) throws(Refusal) -> Shape { input }
    func operation(for input: Shape, in plan: inout Plan) -> any Operation {
      plan.keep(each: Warp.Transform.count)
      return self
    }
    func forward(_ pass: ForwardPass) {
      Warp(fill: fill).forward(pass) { _ in Warp.Transform(a: (0.9, -0.3, -1.4), b: (0.25, 1.1, -1.7)) }
    }
    func backward(_ pass: BackwardPass) {}
  }
}

/// What augmentation makes of images: each pixel from the place that `source` names, bilinear.
func warped(
  _ given: Twin.Given, _ fill: FillMode, _ source: (_ image: Int, _ x: Double, _ y: Double) -> (x: Double, y: Double)
) -> [Double] {
  guard given.isTraining else { return given.input }
  let (height, width, channels) = (given.shape[0], given.shape[1], given.shape[2])
  func place(_ at: Double, _ length: Int) -> Double {
    var at = at
    switch fill {
    case .constant, .wrap: return at
    case .nearest: break
    case .reflect:
      while at < -0.5 || at > Double(length) - 0.5 { at = at < 0 ? -1 - at : 2 * Double(length) - 1 - at }
    }
    return min(max(at, 0), Double(length - 1))
  }
  return (0..<given.input.count).map { index in
    let (image, row) = (index / given.shape.count, index / (width * channels) % height)
    let from = source(image, Double(index / channels % width), Double(row))
    let (x, y) = (place(from.x, width), place(from.y, height))
    let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    var sum = 0.0
    for (i, down) in [(top, 1 - (y - Double(top))), (top + 1, y - Double(top))] {
      for (j, across) in [(left, 1 - (x - Double(left))), (left + 1, x - Double(left))] {
        sum += down * across * given.pixel(image, i, j, index % channels)
      }
    }
    return sum
  }
}
