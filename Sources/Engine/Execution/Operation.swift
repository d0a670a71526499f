/// What runs in place of a layer once the shape of its input and the largest batch are known.
///
/// It owns what follows from them, geometry above all, and has asked the plan for the memory that its passes bring.
public protocol Operation: Sendable {
  /// Whether `forward` applies the activation that its pass names.
  var appliesActivation: Bool { get }

  /// `[batch, input] → [batch, output]`, before the activation or, where the pass names it, behind it.
  func forward(_ pass: ForwardPass)

  /// Writes the gradients of the weights and, unless it is nil, of the input.
  func backward(_ pass: BackwardPass)
}

extension Operation {
  public var appliesActivation: Bool { false }
}

/// What an operation gets for a forward pass over one batch.
public struct ForwardPass: Sendable {
  public let batch: Int
  public let inputShape: Shape
  /// `[batch, inputShape]`
  public let input: FloatSpan
  /// `[batch, outputShape]`, to be written.
  public let output: FloatSpan
  /// Only those that no optimizer changes may be written, and only in training: moving averages.
  public let weights: [FloatSpan]
  /// As many as the plan was asked to keep for the backward pass; empty when not training.
  public let saved: FloatSpan
  /// As many as the plan was asked for, with whatever was there before.
  public let scratch: FloatSpan
  public let isTraining: Bool
  /// Fixes the layer's random choices in this batch.
  public let seed: UInt64
  public let threads: Threads
  /// To be applied to the output, element by element; nil where the network does that.
  var activation: (any Activation)?
  /// The input as lists, in place of `input`, where the plan offered them and the operation took them.
  var lists: SparseColumns?

  /// The same pass over examples of another shape with as many numbers.
  func of(_ shape: Shape) -> ForwardPass {
    ForwardPass(
      batch: batch, inputShape: shape, input: input, output: output, weights: weights, saved: saved, scratch: scratch,
      isTraining: isTraining, seed: seed, threads: threads, activation: activation, lists: lists)
  }
}

/// What an operation gets for a backward pass over the same batch.
public struct BackwardPass: Sendable {
  public let batch: Int
  public let inputShape: Shape
  public let input: FloatSpan
  /// ∂L/∂output before the activation, `[batch, outputShape]`.
  public let outputGradient: FloatSpan
  /// ∂L/∂input, to be written; nil where nobody needs it.
  public let inputGradient: FloatSpan?
  public let weights: [FloatSpan]
  /// Where ∂L/∂weights go.
  public let sink: GradientSink
  public let saved: FloatSpan
  /// As many as the plan was asked for, with whatever was there before.
  public let scratch: FloatSpan
  public let threads: Threads
  /// The input as lists, in place of `input`, where the operation took them.
  var lists: SparseColumns?

  /// ∂L/∂weights, to be written, unless blocks of them are handed to the sink.
  public var gradients: [FloatSpan] { sink.buffers }

  /// The same pass over examples of another shape with as many numbers.
  func of(_ shape: Shape) -> BackwardPass {
    BackwardPass(
      batch: batch, inputShape: shape, input: input, outputGradient: outputGradient, inputGradient: inputGradient,
      weights: weights, sink: sink, saved: saved, scratch: scratch, threads: threads, lists: lists)
  }
}
