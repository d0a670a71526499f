import Grammar

/// Keeps the largest number under each place of a window, in each channel by itself.
///
/// `[batch, height, width, channels] → [batch, rows, columns, channels]`; what lies outside the image does not count.
/// The gradient goes to the first of several largest numbers, row by row. After Keras 3.15.
public struct MaxPool2D: Layer {
  let window: Window

  public static let form = Form<MaxPool2D>(
    "maxpool2d", "Makes images smaller: keeps the largest number under each place of a window.",
    .poolSize(), .poolStrides(), .padding(),
    formula: "y[r, s, c] = max of x[r·stride + i, s·stride + j, c] over the window",
    source: "Keras 3.15",
    examples: ["add maxpool2d 2", "add maxpool2d 3 strides=2 padding=same"],
    make: { MaxPool2D(size: $0, strides: $1, padding: $2) }, settings: { $0.window.poolSettings })

  /// - Parameter strides: the window's size when nil.
  public init(size: Pair = Pair(2), strides: Pair? = nil, padding: Padding = .valid) {
    window = Window(size: size, strides: strides ?? size, padding: padding)
  }

  public func asFirst(_ data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = MaxPool2D(size: window.size, strides: window.strides, padding: .same)
    let sweep = try window.sweep(input, of: name, part: "window", remedy: MaxPool2D.form.line(padded))
    return [sweep.rows, sweep.columns, sweep.channels]
  }

  /// Which pixel of the window was the largest, for every output.
  public func kept(for input: Shape) -> Int { Sweep(window, over: input).outputs }

  public func forward(_ pass: ForwardPass) {
    let sweep = Sweep(window, over: pass.inputShape)
    let (size, channels) = (sweep.outputs, sweep.channels)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let x = pass.input.base + image * pass.inputShape.count
        for place in 0..<sweep.rows * sweep.columns {
          let start = image * size + place * channels
          let first = pass.isTraining ? pass.kept.base + start : nil
          largest(x, sweep, place, into: pass.output.base + start, first)
        }
      }
    }
  }

  /// The largest number of each channel at a place and, where wanted, the first pixel of the window that has it.
  @inline(__always)
  private func largest(
    _ x: UnsafeMutablePointer<Float>, _ sweep: Sweep, _ place: Int, into y: UnsafeMutablePointer<Float>,
    _ first: UnsafeMutablePointer<Float>?
  ) {
    var isFirst = true
    sweep.forEachPixel(row: place / sweep.columns, column: place % sweep.columns) { tap, pixel in
      let values = x + pixel * sweep.channels
      if isFirst {
        y.update(from: values, count: sweep.channels)
        first?.update(repeating: Float(tap), count: sweep.channels)
        isFirst = false
      } else if let first {
        MaxPool2D.keepLarger(values, Float(tap), in: y, first, count: sweep.channels)
      } else {
        for c in 0..<sweep.channels { y[c] = max(y[c], values[c]) }
      }
    }
  }

  /// Puts values that are larger than `y` in their place, and `tap` beside them; the compiler makes a branch for every
  /// number of a plain loop.
  @inline(__always)
  private static func keepLarger(
    _ values: UnsafeMutablePointer<Float>, _ tap: Float, in y: UnsafeMutablePointer<Float>,
    _ first: UnsafeMutablePointer<Float>, count: Int
  ) {
    let whole = count & ~7
    for c in stride(from: 0, to: whole, by: 8) {
      let (value, best) = ((values + c).lanes, (y + c).lanes)
      let isLarger = value .> best
      (y + c).lanes = best.replacing(with: value, where: isLarger)
      (first + c).lanes = (first + c).lanes.replacing(with: Lanes(repeating: tap), where: isLarger)
    }
    for c in whole..<count where values[c] > y[c] { (y[c], first[c]) = (values[c], tap) }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let sweep = Sweep(window, over: pass.inputShape)
    let (size, channels) = (sweep.outputs, sweep.channels)
    pass.threads.split(pass.batch, into: 16) { images in
      for image in images {
        let dx = inputGradient.part(image * pass.inputShape.count, count: pass.inputShape.count)
        dx.fill(0)
        for place in 0..<sweep.rows * sweep.columns {
          let start = image * size + place * channels
          let (dy, first) = (pass.outputGradient.base + start, pass.kept.base + start)
          sweep.forEachPixel(row: place / sweep.columns, column: place % sweep.columns) { tap, pixel in
            let (slopes, number) = (dx.base + pixel * channels, Float(tap))
            // Read first, chosen then: so the loop has no branch and takes several channels at once.
            for c in 0..<channels {
              let slope = dy[c]
              slopes[c] += first[c] == number ? slope : 0
            }
          }
        }
      }
    }
  }
}
