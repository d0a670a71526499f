import CKernels
import Grammar

/// How weights follow their gradients.
public protocol Optimizer: Sendable {
  static var form: Form<Self> { get }

  /// How far a step goes.
  var learningRate: Double { get }

  /// Numbers it keeps for each weight.
  var slotCount: Int { get }

  /// What every number of a slot is before the first update.
  func start(slot: Int) -> Float

  /// λ of the weight decay w −= η·λ·w where a person says nothing of it.
  static var defaultWeightDecay: Double { get }

  /// What all blocks of one update have in common, worked out once.
  func constants(at step: Step) -> StepConstants

  /// Changes weights and slots, element by element, so any part of them may be updated on its own.
  func update(_ weights: Block, gradient: Block, slots: Slots, _ constants: StepConstants)
}

/// The numbers of one step that an optimizer's kernel takes.
public typealias StepConstants = kernel_step

extension StepConstants {
  init(_ step: Step, epsilon: Double = 0) {
    self.init()
    (rate, self.epsilon) = (Float(step.learningRate), Float(epsilon))
  }
}

/// Which update it is.
public struct Step: Equatable, Sendable {
  /// Counts from 1.
  public let number: Int
  public let learningRate: Double

  public init(number: Int, learningRate: Double) {
    self.number = number
    self.learningRate = learningRate
  }
}

extension Optimizer {
  public func start(slot: Int) -> Float { 0 }
  public static var defaultWeightDecay: Double { 0 }

  /// The name that a person types.
  public var name: String { Self.form.name }
}

extension Parameter where Value == Double {
  /// `learning_rate=`, or `lr=` for short, with the optimizer's own default.
  static func learningRate(_ initial: Double) -> Parameter {
    .named("learning_rate", .positive, default: initial, alias: "lr", "how far a step goes")
  }
}
