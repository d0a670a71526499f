import CKernels
import Grammar

/// Keeps the largest number under each place of a window, in each channel by itself.
///
/// `[batch, height, width, channels] → [batch, rows, columns, channels]`; what lies outside the image does not count,
/// and NaN is the largest of all.
/// The gradient goes to the first of several largest numbers, row by row. After Keras 3.15.
public struct MaxPool2D: Layer {
  let window: Window

  public static let form = Form<MaxPool2D>(
    "maxpool2d", "Makes images smaller: keeps the largest number under each place of a window.",
    .poolSize(), .poolStrides(), .padding(),
    formula: "y[r, s, c] = max of x[r·stride + i, s·stride + j, c] over the window",
    source: "Keras 3.15", otherNames: ["MaxPooling2D"],
    examples: ["add maxpool2d 2", "add maxpool2d 3 strides=2 padding=same"],
    make: { MaxPool2D(size: $0, strides: $1, padding: $2) }, settings: { $0.window.poolSettings })

  /// - Parameter strides: the window's size when nil.
  public init(size: Pair = Pair(2), strides: Pair? = nil, padding: Padding = .valid) {
    window = Window(size: size, strides: strides ?? size, padding: padding)
  }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape {
    let padded = MaxPool2D(size: window.size, strides: window.strides, padding: .same)
    let sweep = try window.sweep(input, of: name, part: "window", remedy: MaxPool2D.form.line(padded))
    return [sweep.rows, sweep.columns, sweep.channels]
  }

  public func operation(for input: Shape, in plan: inout Plan) -> any Operation {
    let sweep = WindowGeometry(window, over: input)
    // Which pixel of the window was the largest, for every output, as a 32-bit integer.
    plan.keep(each: sweep.outputs)
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
          let (x, start) = (pass.input.base + image * size, image * sweep.outputs + run.output)
          kernels.max_pool(
            x + run.input, run.offsets, run.numbers, run.taps, run.places, run.step, sweep.channels,
            pass.output.base + start, pass.isTraining ? Integers(pass.saved).base + start : nil)
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
          let start = image * sweep.outputs + run.output
          kernels.max_pool_backward(
            pass.outputGradient.base + start, Integers(pass.saved).base + start, run.offsets, run.numbers, run.taps,
            run.places, run.step, sweep.channels, inputGradient.base + image * size + run.input)
        }
      }
    }
  }
}
