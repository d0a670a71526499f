/// The dense ways through a convolution, there and back, and the memory that they take.
struct ConvolutionWays {
  let forward: Convolution
  let back: Convolution

  init(_ forward: Convolution) {
    self.forward = forward
    back = Convolution(back: forward)
  }

  /// Floats of scratch memory for the tables of both, which all slices share; nil when they do not fit into an `Int`.
  var shared: Int? { forward.shared.flatMap { back.shared.adding($0) } }

  /// Floats of scratch memory for one slice on the way back; nil when they do not fit into an `Int`.
  var roomBack: Int? {
    let sums = Int?(forward.sums).adding(forward.filters).adding(forward.paddedSlopes).adding(forward.spreadSlopes)
      .adding(forward.corners)
    return sums.flatMap { forward.room.adding($0) }.flatMap { back.room.adding($0) }
  }

  /// What all slices read on the way back.
  struct Tables {
    let forward: Convolution.Tables
    /// nil where nobody asks for the gradient of the images.
    let back: Convolution.Tables?
  }

  /// - Parameter memory: as many floats as `shared`.
  func tables(_ pass: BackwardPass, in memory: FloatSpan) -> Tables {
    let first = forward.shared ?? 0
    return Tables(
      forward: forward.gradientTables(in: memory.part(0, count: first)),
      back: pass.inputGradient.map { _ in
        back.tables(pass.weights[0], bias: nil, isBack: true, in: memory.part(first, count: back.shared ?? 0))
      })
  }

  /// The memory of one slice on the way back.
  struct Memory {
    /// Sums of the kernel and, right behind them, of the bias.
    let kernel: FloatSpan
    let bias: FloatSpan
    /// Gradients of the output with their padding.
    let wide: FloatSpan
    /// Gradients of places that are pooled.
    let spread: FloatSpan
    /// Four numbers that windows may have taken, for each of an image's.
    let corners: FloatSpan
    let rest: FloatSpan
  }

  /// Begins a slice, with sums of 0.
  func memory(_ scratch: FloatSpan) -> Memory {
    var used = 0
    func take(_ count: Int) -> FloatSpan {
      defer { used += count }
      return scratch.part(used, count: count)
    }
    let (kernel, bias) = (take(forward.sums), take(forward.filters))
    let (wide, spread, corners) = (take(forward.paddedSlopes), take(forward.spreadSlopes), take(forward.corners))
    kernel.fill(0)
    bias.fill(0)
    return Memory(
      kernel: kernel, bias: bias, wide: wide, spread: spread, corners: corners,
      rest: scratch.part(used, count: scratch.count - used))
  }
}
