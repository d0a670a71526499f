import CKernels
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

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = AvgPool2D(size: window.size, strides: window.strides, padding: .same)
    let sweep = try window.sweep(input, of: name, part: "window", remedy: AvgPool2D.form.line(padded))
    return [sweep.rows, sweep.columns, sweep.channels]
  }

  public func products(for input: Shape) -> Int {
    Shape([WindowGeometry(window, over: input).outputs, window.size.height, window.size.width]).count
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    let sweep = WindowGeometry(window, over: input)
    plan.borrow(Slices.scratch(sweep.tables, batch: plan.batch))
    return Pooling(sweep: sweep, size: input.count)
  }
}

/// The same for images of one shape.
private struct Pooling: Operation {
  let sweep: WindowGeometry
  /// Numbers of an image.
  let size: Int

  func forward(_ pass: ForwardPass) {
    Slices(batch: pass.batch, room: sweep.tables ?? 0).run(pass.scratch, pass.threads) { images, tables in
      sweep.forEachRun(tables) { run in
        for image in images {
          kernels.average_pool(
            pass.input.base + image * size + run.input, run.offsets, run.taps, run.places, run.step,
            sweep.channels, pass.output.base + image * sweep.outputs + run.output)
        }
      }
    }
  }

  func backward(_ pass: BackwardPass) {
    guard let inputGradient = pass.inputGradient else { return }
    Slices(batch: pass.batch, room: sweep.tables ?? 0).run(pass.scratch, pass.threads) { images, tables in
      inputGradient.part(images.lowerBound * size, count: images.count * size).fill(0)
      sweep.forEachRun(tables) { run in
        for image in images {
          kernels.average_pool_backward(
            pass.outputGradient.base + image * sweep.outputs + run.output, run.offsets, run.taps, run.places, run.step,
            sweep.channels, inputGradient.base + image * size + run.input)
        }
      }
    }
  }
}
