import Grammar

/// Images moved, turned or stretched: pixel (x, y) of the output is the input's at (a₀x + a₁y + a₂, b₀x + b₁y + b₂),
/// bilinear between four pixels; after Keras 3.15 with TensorFlow.
struct Warp: Sendable {
  /// Where the output's pixels are in the input.
  struct Transform: Sendable {
    var a: (Float, Float, Float)
    var b: (Float, Float, Float)

    /// How many floats it is kept in.
    static let count = 6

    init(a: (Float, Float, Float), b: (Float, Float, Float)) {
      self.a = a
      self.b = b
    }

    fileprivate init(_ saved: FloatSpan) {
      a = (saved[0], saved[1], saved[2])
      b = (saved[3], saved[4], saved[5])
    }

    fileprivate func keep(in saved: FloatSpan) {
      (saved[0], saved[1], saved[2]) = a
      (saved[3], saved[4], saved[5]) = b
    }
  }

  let fill: FillMode

  /// A copy when not training, else each image by a transform of its own, which `kept` keeps.
  func forward(_ pass: ForwardPass, _ transform: @Sendable (_ image: Int) -> Transform) {
    guard pass.isTraining else { return pass.output.copy(from: pass.input) }
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let transform = transform(image)
        transform.keep(in: pass.saved.part(image * Transform.count, count: Transform.count))
        let output = pass.output.part(image * size, count: size)
        output.fill(0)
        forEachPair(pass.inputShape, transform) { target, source, share in
          let (y, x) = (output.base + target * channels, pass.input.base + image * size + source * channels)
          for c in 0..<channels { y[c] += x[c] * share }
        }
      }
    }
  }

  /// Every gradient back to the pixels that its number came from.
  func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let (size, channels) = (pass.inputShape.count, pass.inputShape.last)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let transform = Transform(pass.saved.part(image * Transform.count, count: Transform.count))
        let gradient = inputGradient.part(image * size, count: size)
        gradient.fill(0)
        forEachPair(pass.inputShape, transform) { target, source, share in
          let dy = pass.outputGradient.base + image * size + target * channels
          let dx = gradient.base + source * channels
          for c in 0..<channels { dx[c] += dy[c] * share }
        }
      }
    }
  }

  /// The pixels of the output with the pixels of the input that they are made of, and the share of each.
  @inline(__always)
  private func forEachPair(_ shape: Shape, _ transform: Transform, _ body: (Int, Int, Float) -> Void) {
    let (height, width) = (shape[0], shape[1])
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = (Float(column), Float(row))
        let across = fill.map(transform.a.0 * x + transform.a.1 * y + transform.a.2, length: width)
        let down = fill.map(transform.b.0 * x + transform.b.1 * y + transform.b.2, length: height)
        guard across > -1, across < Float(width), down > -1, down < Float(height) else { continue }
        let (left, top) = (across.rounded(.down), down.rounded(.down))
        let (right, below) = (across - left, down - top)
        let (i, j, target) = (Int(top), Int(left), row * width + column)
        let source = i * width + j
        let (isAbove, isBelow) = (i >= 0, i + 1 < height)
        if j >= 0 {
          if isAbove { body(target, source, (1 - below) * (1 - right)) }
          if isBelow { body(target, source + width, below * (1 - right)) }
        }
        if j + 1 < width {
          if isAbove { body(target, source + 1, (1 - below) * right) }
          if isBelow { body(target, source + width + 1, below * right) }
        }
      }
    }
  }
}

extension Parameter where Value == FillMode {
  static func fillMode() -> Parameter {
    .named(
      "fill_mode", .choice("fill mode", help: \.help), default: .reflect, "what shows where the image has no pixels")
  }
}

extension Parameter where Value == Double? {
  static func widthFactor() -> Parameter {
    Parameter(
      "width_factor", ArgumentType.number(0...1).optional, default: .some(nil), "the same across; else the height's")
  }
}
