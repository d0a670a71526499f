import Glibc
import Grammar

/// Multiplies the rate by a factor every so often: η·factor^(t / length), after Keras 3.15 `ExponentialDecay`.
public struct ExponentialDecay: Schedule {
  public let length: ScheduleDuration
  public let factor: Double
  /// Whether the rate stays the same between two whole lengths.
  public let isStaircase: Bool

  public static let form = Form<ExponentialDecay>(
    "exponential", "Multiplies the learning rate by a factor in every length of time, smoothly.",
    Parameter("length", ScheduleDuration.kind, "the time in which the rate falls by the factor"),
    Parameter("factor", .number(0...1), default: 0.96, "what the rate is multiplied by"),
    .named("staircase", .flag, default: false, "in steps instead of smoothly"),
    formula: "η·factor^(t / length)",
    source: "Keras 3.15",
    examples: ["fit 2 128 schedule=\"exponential 1 0.9\""],
    make: { ExponentialDecay(length: $0, factor: $1, isStaircase: $2) },
    settings: { ($0.length, $0.factor, $0.isStaircase) })

  public init(length: ScheduleDuration, factor: Double = 0.96, isStaircase: Bool = false) {
    self.length = length
    self.factor = factor
    self.isStaircase = isStaircase
  }

  public func rate(_ initial: Double, at moment: ScheduleState) -> Double {
    let lengths = Double(moment.updates) / length.updates(moment)
    return initial * pow(factor, isStaircase ? lengths.rounded(.down) : lengths)
  }
}
