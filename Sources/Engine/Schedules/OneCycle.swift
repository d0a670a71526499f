import Glibc
import Grammar

/// Raises the rate to the optimizer's own and lets it fall far below the start, both along half a cosine.
///
/// After Smith 2018 as PyTorch 2.15 `OneCycleLR` has it: from η / 25 up in the first 30 %, then down to η / 250,000.
public struct OneCycle: Schedule {
  public let length: ScheduleDuration
  public let rise: Double

  /// η over the rate at the start, and the rate at the start over the one at the end.
  private static let divisors = (start: 25.0, end: 1e4)

  public static let form = Form<OneCycle>(
    "one_cycle", "Raises the learning rate to the optimizer's own, then lets it fall to almost nothing.",
    Parameter("length", ScheduleDuration.kind, "the time of the whole cycle"),
    Parameter("rise", .number(0...1), default: 0.3, "the share of the time in which the rate rises"),
    formula: "up from η/25 to η, down to η/250000, each along half a cosine",
    source: "Smith 2018; PyTorch OneCycleLR",
    examples: ["fit 2 128 schedule=\"one_cycle 2\""],
    make: { OneCycle(length: $0, rise: $1) }, settings: { ($0.length, $0.rise) })

  public init(length: ScheduleDuration, rise: Double = 0.3) {
    self.length = length
    self.rise = rise
  }

  public func rate(_ initial: Double, at moment: ScheduleState) -> Double {
    // Both ends belong to the cycle, so its last update has the lowest rate.
    let last = max(1, length.updates(moment) - 1)
    let top = max(0, rise * (last + 1) - 1)
    let time = min(Double(moment.updates), last)
    let start = initial / OneCycle.divisors.start
    if time <= top, top > 0 { return between(start, initial, time / top) }
    return between(initial, start / OneCycle.divisors.end, (time - top) / max(1, last - top))
  }

  /// From one rate to the other along half a cosine, `share` 0 … 1 of the way.
  private func between(_ from: Double, _ to: Double, _ share: Double) -> Double {
    to + (from - to) * (1 + cos(.pi * min(1, share))) / 2
  }
}
