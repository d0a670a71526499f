import Grammar

/// The optimizer's own rate, always.
public struct ConstantRate: Schedule {
  public static let form = Form<ConstantRate>(
    "constant", "Keeps the optimizer's own learning rate.", formula: "η",
    source: "Keras 3.15",
    examples: ["fit 1 128 schedule=constant"], make: { ConstantRate() }, settings: { _ in () })

  public init() {}

  public func rate(_ initial: Double, at moment: ScheduleState) -> Double { initial }
}
