import Glibc
import Grammar

/// Multiplies the rate by a factor at the end of every length: η·factor^⌊t / length⌋.
///
/// `ExponentialDecay` with `staircase=True` in Keras 3.15, by its usual name.
public struct StepDecay: Schedule {
  public let length: ScheduleDuration
  public let factor: Double

  public static let form = Form<StepDecay>(
    "step", "Multiplies the learning rate by a factor at the end of every length of time.",
    Parameter("length", ScheduleDuration.kind, "the time between two steps"),
    Parameter("factor", .number(0...1), default: 0.1, "what the rate is multiplied by"),
    formula: "η·factor^⌊t / length⌋",
    source: "Keras 3.15",
    examples: ["fit 2 128 schedule=\"step 1 0.5\""],
    make: { StepDecay(length: $0, factor: $1) }, settings: { ($0.length, $0.factor) })

  public init(length: ScheduleDuration, factor: Double = 0.1) {
    self.length = length
    self.factor = factor
  }

  public func rate(_ initial: Double, at moment: ScheduleState) -> Double {
    initial * pow(factor, (Double(moment.updates) / length.updates(moment)).rounded(.down))
  }
}
