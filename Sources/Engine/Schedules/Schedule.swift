import Grammar

/// How the learning rate changes while training goes on.
public protocol Schedule: Sendable {
  static var form: Form<Self> { get }

  /// The rate of the next update.
  /// - Parameter initial: the optimizer's own rate.
  func rate(_ initial: Double, at moment: ScheduleState) -> Double
}

/// Where training stands, for a schedule.
public struct ScheduleState: Equatable, Sendable {
  /// Updates made before.
  public let updates: Int
  /// Updates in an epoch.
  public let updatesPerEpoch: Int
  /// The monitored loss of each epoch that is over: of validation where there is some, else of training.
  public let losses: [Double]

  public init(updates: Int, updatesPerEpoch: Int, losses: [Double] = []) {
    self.updates = updates
    self.updatesPerEpoch = updatesPerEpoch
    self.losses = losses
  }
}

/// How long a schedule takes.
public enum ScheduleDuration: Equatable, Sendable {
  case epochs(Double)
  /// Those of a schedule of Keras's may be no whole number: 0.9 epochs of three batches are 2.7.
  case batches(Double)

  /// Reads `10` or `0.5` as epochs, `4690batches` as batches.
  static let kind = ArgumentType<ScheduleDuration>(
    expected: "a number of epochs as in 10, or of batches as in 4690batches",
    read: { (word) throws(Misread) -> ScheduleDuration in
      if let count = word.plain.decimal, count > 0, count <= 1e9 { return .epochs(count) }
      if word.plain.hasSuffix("batches"), let count = word.plain.dropLast("batches".count).decimal, count > 0,
        count <= 1e15
      {
        return .batches(count)
      }
      throw Misread(
        "expected a number of epochs as in 10, or of batches as in 4690batches, not \"\(word.text)\"", at: word.span)
    },
    write: {
      switch $0 {
      case .epochs(let count): ArgumentType<Double>.number.text(of: count)
      case .batches(let count): "\(ArgumentType<Double>.number.text(of: count))batches"
      }
    })

  /// The length in updates.
  func updates(_ moment: ScheduleState) -> Double {
    switch self {
    case .epochs(let count): count * Double(moment.updatesPerEpoch)
    case .batches(let count): count
    }
  }
}

/// All schedules, in the order of help.
public enum Schedules {
  public static let all: [any Schedule.Type] = [
    ConstantRate.self, ExponentialDecay.self, StepDecay.self, CosineDecay.self, OneCycle.self, ReduceOnPlateau.self,
  ]
  public static let catalogue = Catalogue("schedule", all.map { lift($0) })

  private static func lift<Item: Schedule>(_ type: Item.Type) -> Form<any Schedule> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}
