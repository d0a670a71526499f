import Glibc
import Grammar

/// Lets the rate fall along half a cosine to a share of it, after a linear warm-up from 0 where one is asked for.
///
/// η·((1 − α)·(1 + cos(π·t / length)) / 2 + α), after Keras 3.15 `CosineDecay`; the warm-up is its `warmup_steps` from
/// an initial rate of 0 to the optimizer's own rate, and comes before the length.
public struct CosineDecay: Schedule {
  public let length: ScheduleDuration
  public let warmup: ScheduleDuration?
  public let alpha: Double

  public static let form = Form<CosineDecay>(
    "cosine", "Lets the learning rate fall along half a cosine, after a warm-up where one is asked for.",
    Parameter("length", ScheduleDuration.kind, "the time in which the rate falls"),
    .named("warmup", ScheduleDuration.kind.optional, default: nil, "the time before, in which the rate rises from 0"),
    .named("alpha", .number(0...1), default: 0, "the share of the rate that is left at the end"),
    formula: "η·((1 − α)·(1 + cos(π·t / length)) / 2 + α)",
    source: "Loshchilov and Hutter 2017; Keras 3.15",
    examples: ["fit 2 128 schedule=\"cosine 2\"", "fit 3 128 schedule=\"cosine 2.5 warmup=0.5\""],
    make: { CosineDecay(length: $0, warmup: $1, alpha: $2) }, settings: { ($0.length, $0.warmup, $0.alpha) })

  public init(length: ScheduleDuration, warmup: ScheduleDuration? = nil, alpha: Double = 0) {
    self.length = length
    self.warmup = warmup
    self.alpha = alpha
  }

  public func rate(_ initial: Double, at moment: ScheduleState) -> Double {
    let rise = warmup?.updates(moment) ?? 0
    let time = Double(moment.updates)
    if time < rise { return initial * time / rise }
    let share = min(1, (time - rise) / length.updates(moment))
    return initial * ((1 - alpha) * (1 + cos(.pi * share)) / 2 + alpha)
  }
}
