import Grammar

/// One step of a network: what it computes, without the numbers it has learnt, which the `Network` keeps.
///
/// The network applies the activation to what `forward` wrote, unless the layer does it piece by piece, and turns the
/// gradient back through it before `backward`.
public protocol Layer: Sendable {
  static var form: Form<Self> { get }

  /// What is applied to the output, element by element.
  var activation: any Activation { get }

  /// The shape in which it reads examples of shape `data` when it is the first layer: a dense layer takes an image as
  /// one row.
  func asFirst(_ data: Shape) -> Shape

  /// The shape of one example behind this layer.
  /// - Throws: `Refusal` when the layer cannot take such an input: the shape it got, the shape it needs, what to type.
  func output(for input: Shape) throws(Refusal) -> Shape

  /// The tensors it keeps, in Keras's order.
  func weights(for input: Shape) -> [Weight]

  /// Floats an example that `forward` keeps for `backward`.
  func kept(for input: Shape) -> Int

  /// Floats that one pass over a batch of `batch` examples writes on and forgets; it never falls with the batch.
  /// - Returns: nil when they do not fit into an `Int`.
  func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int?

  /// Whether the output before the activation is the input, number for number, so that it needs no memory of its own.
  var isView: Bool { get }

  /// Whether `forward` applies the activation that its pass names.
  var appliesActivation: Bool { get }

  /// Whether it takes an input of this shape as lists too, where most of it is 0.
  /// - Parameter isSparse: whether the lists are there already, so that none have to be made.
  func takesLists(of input: Shape, isSparse: Bool) -> Bool

  /// Whether `backward` hands the gradient of its first weight over, block by block, where its pass wants that.
  var handsKernelOver: Bool { get }

  /// Multiply-adds for one example.
  func products(for input: Shape) -> Int

  /// `[batch, input] → [batch, output]`, before the activation or, where the pass names it, behind it.
  func forward(_ pass: ForwardPass)

  /// Writes the gradients of the weights and, unless it is nil, of the input.
  func backward(_ pass: BackwardPass)
}

extension Layer {
  public var activation: any Activation { Linear() }
  public func asFirst(_ data: Shape) -> Shape { data }
  public func weights(for input: Shape) -> [Weight] { [] }
  public func kept(for input: Shape) -> Int { 0 }
  public func scratch(for input: Shape, batch: Int, isTraining: Bool) -> Int? { 0 }
  public var isView: Bool { false }
  public var appliesActivation: Bool { false }
  public func takesLists(of input: Shape, isSparse: Bool) -> Bool { false }
  public var handsKernelOver: Bool { false }
  public func products(for input: Shape) -> Int { 0 }

  /// The name that a person types.
  public var name: String { Self.form.name }
}

/// What a layer gets for a forward pass over one batch.
public struct ForwardPass: Sendable {
  public let batch: Int
  public let inputShape: Shape
  /// `[batch, inputShape]`
  public let input: FloatSpan
  /// `[batch, outputShape]`, to be written.
  public let output: FloatSpan
  /// Only those that no optimizer changes may be written, and only in training: moving averages.
  public let weights: [FloatSpan]
  /// `[batch, kept]`, for the backward pass; empty when not training.
  public let kept: FloatSpan
  /// As many as `scratch` asked for, with whatever was there before.
  public let scratch: FloatSpan
  public let isTraining: Bool
  /// Fixes the layer's random choices in this batch.
  public let seed: UInt64
  public let threads: Threads
  /// To be applied to the output, element by element; nil where the network does that.
  var activation: (any Activation)?
  /// The input as lists, in place of `input`.
  var lists: SparseColumns?

  /// The same pass over examples of another shape with as many numbers.
  func of(_ shape: Shape) -> ForwardPass {
    ForwardPass(
      batch: batch, inputShape: shape, input: input, output: output, weights: weights, kept: kept, scratch: scratch,
      isTraining: isTraining, seed: seed, threads: threads, activation: activation, lists: lists)
  }
}

/// What a layer gets for a backward pass over the same batch.
public struct BackwardPass: Sendable {
  public let batch: Int
  public let inputShape: Shape
  public let input: FloatSpan
  /// ∂L/∂output before the activation, `[batch, outputShape]`.
  public let outputGradient: FloatSpan
  /// ∂L/∂input, to be written; nil where nobody needs it.
  public let inputGradient: FloatSpan?
  public let weights: [FloatSpan]
  /// ∂L/∂weights, to be written.
  public let gradients: [FloatSpan]
  public let kept: FloatSpan
  /// As many as `scratch` asked for, with whatever was there before.
  public let scratch: FloatSpan
  public let threads: Threads
  /// The input as lists, in place of `input`.
  var lists: SparseColumns?
  /// Takes a block of the kernel and its gradient, once the kernel is not needed any more; nil where all gradients are
  /// to be written.
  var takeKernel: (@Sendable (_ block: Block, _ gradient: Block) -> Void)?

  /// The same pass over examples of another shape with as many numbers.
  func of(_ shape: Shape) -> BackwardPass {
    BackwardPass(
      batch: batch, inputShape: shape, input: input, outputGradient: outputGradient, inputGradient: inputGradient,
      weights: weights, gradients: gradients, kept: kept, scratch: scratch, threads: threads, lists: lists,
      takeKernel: takeKernel)
  }
}
