import Grammar

/// Lowers the rate when the loss has stopped falling, after Keras 3.15 `ReduceLROnPlateau`.
///
/// Watches the validation's loss where there is validation, else the training's.
public struct ReduceOnPlateau: Schedule {
  public let factor: Double
  public let patience: Int
  /// A fall of less does not count.
  public let minimumChange: Double
  public let cooldown: Int
  public let minimumRate: Double

  public static let form = Form<ReduceOnPlateau>(
    "reduce_on_plateau", "Lowers the learning rate when the loss has not fallen for some epochs.",
    .named("factor", .number(0..<1), default: 0.1, "what the rate is multiplied by"),
    .named("patience", .integer(1...), default: 10, "epochs without a fall before the rate is lowered"),
    .named("min_delta", .number(0...), default: 1e-4, "a fall of less does not count"),
    .named("cooldown", .integer(0...), default: 0, "epochs after a change in which nothing is counted"),
    .named("min_lr", .number(0...), default: 0, "the rate never goes below this"),
    source: "Keras 3.15", otherNames: ["ReduceLROnPlateau"],
    examples: ["fit 2 128 validation=0.1 schedule=\"reduce_on_plateau patience=2 factor=0.5\""],
    make: {
      ReduceOnPlateau(factor: $0, patience: $1, minimumChange: $2, cooldown: $3, minimumRate: $4)
    },
    settings: { ($0.factor, $0.patience, $0.minimumChange, $0.cooldown, $0.minimumRate) })

  public init(
    factor: Double = 0.1, patience: Int = 10, minimumChange: Double = 1e-4, cooldown: Int = 0, minimumRate: Double = 0
  ) {
    self.factor = factor
    self.patience = patience
    self.minimumChange = minimumChange
    self.cooldown = cooldown
    self.minimumRate = minimumRate
  }

  public func rate(_ initial: Double, at moment: ScheduleState) -> Double {
    var (rate, best, waited, cooling) = (initial, Double.infinity, 0, 0)
    for loss in moment.losses {
      if cooling > 0 { (cooling, waited) = (cooling - 1, 0) }
      if loss < best - minimumChange {
        (best, waited) = (loss, 0)
      } else if cooling == 0 {
        waited += 1
        if waited >= patience, rate > minimumRate {
          (rate, waited, cooling) = (max(rate * factor, minimumRate), 0, cooldown)
        }
      }
    }
    return rate
  }
}
