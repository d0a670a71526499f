import Grammar

/// Takes the mean under each place of a window, in each channel by itself.
///
/// `[batch, height, width, channels] → [batch, rows, columns, channels]`; what lies outside the image does not count,
/// neither in the sum nor in how many there are. After Keras 3.15.
public struct AvgPool2D: Layer {
  let window: Window

  public static let form = Form<AvgPool2D>(
    "avgpool2d", "Makes images smaller: takes the mean under each place of a window.",
    .poolSize(), .poolStrides(), .padding(),
    formula: "y[r, s, c] = mean of x[r·stride + i, s·stride + j, c] over the window",
    source: "Keras 3.15", otherNames: ["AveragePooling2D"],
    examples: ["add avgpool2d 2", "add avgpool2d 3 strides=2 padding=same"],
    make: { AvgPool2D(size: $0, strides: $1, padding: $2) }, settings: { $0.window.poolSettings })

  /// - Parameter strides: the window's size when nil.
  public init(size: Pair = Pair(2), strides: Pair? = nil, padding: Padding = .valid) {
    window = Window(size: size, strides: strides ?? size, padding: padding)
  }

  public func asFirst(_ data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = AvgPool2D(size: window.size, strides: window.strides, padding: .same)
    let sweep = try window.sweep(input, of: name, part: "window", remedy: AvgPool2D.form.line(padded))
    return [sweep.rows, sweep.columns, sweep.channels]
  }

  public func products(for input: Shape) -> Int {
    Shape([WindowGeometry(window, over: input).outputs, window.size.height, window.size.width]).count
  }

  public func forward(_ pass: ForwardPass) {
    forEachPlace(pass.batch, pass.inputShape, pass.threads) { sweep, image, place, share, start in
      let x = pass.input.base + image * pass.inputShape.count
      let y = pass.output.base + start
      y.update(repeating: 0, count: sweep.channels)
      sweep.forEachPixel(row: place / sweep.columns, column: place % sweep.columns) { _, pixel in
        let values = x + pixel * sweep.channels
        for c in 0..<sweep.channels { y[c] += values[c] }
      }
      for c in 0..<sweep.channels { y[c] *= share }
    }
  }

  public func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    pass.threads.split(inputGradient.count, into: 16) {
      inputGradient.part($0.lowerBound, count: $0.count).fill(0)
    }
    forEachPlace(pass.batch, pass.inputShape, pass.threads) { sweep, image, place, share, start in
      let dx = inputGradient.base + image * pass.inputShape.count
      let dy = pass.outputGradient.base + start
      sweep.forEachPixel(row: place / sweep.columns, column: place % sweep.columns) { _, pixel in
        let outputGradients = dx + pixel * sweep.channels
        for c in 0..<sweep.channels { outputGradients[c] += dy[c] * share }
      }
    }
  }

  /// Every place of every image, with 1 / pixels that count there, and where its outputs begin in the batch.
  private func forEachPlace(
    _ batch: Int, _ input: Shape, _ threads: Threads,
    _ body: @Sendable (_ sweep: WindowGeometry, _ image: Int, _ place: Int, _ share: Float, _ start: Int) -> Void
  ) {
    let sweep = WindowGeometry(window, over: input)
    threads.split(batch, into: 16) { images in
      for image in images {
        for place in 0..<sweep.rows * sweep.columns {
          let pixels = sweep.insideRows(at: place / sweep.columns).count
            * sweep.insideColumns(at: place % sweep.columns).count
          body(sweep, image, place, 1 / Float(pixels), image * sweep.outputs + place * sweep.channels)
        }
      }
    }
  }
}
