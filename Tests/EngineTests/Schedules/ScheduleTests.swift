import Grammar
import Testing

@testable import Engine

/// What every schedule of the catalogue has to keep.
@Suite struct ScheduleTests {
  /// The rate before each of the given updates, 4 updates an epoch, from an initial rate of 0.05.
  static func rates(_ line: String, at updates: [Int]) throws -> [Double] {
    let schedule = try Schedules.catalogue.value(line)
    return updates.map { schedule.rate(0.05, at: ScheduleState(updates: $0, updatesPerEpoch: 4)) }
  }

  static let moments = [0, 1, 3, 4, 5, 9, 10, 12, 20]

  /// Keras 3.15.1: `ExponentialDecay` and `CosineDecay` of 0.05 at those updates; within 1e-6 relative.
  static let goldens: [String: [Double]] = [
    "constant": [Double](repeating: 0.05, count: 9),
    "exponential 5batches 0.7": [
      0.05, 0.0465574972, 0.0403672196, 0.0375879332, 0.035, 0.0263115522, 0.0245, 0.0212424826, 0.0120049994,
    ],
    "exponential 5batches 0.7 staircase=yes": [0.05, 0.05, 0.05, 0.05, 0.035, 0.035, 0.0245, 0.0245, 0.012005],
    "exponential 1.25 0.7 staircase=yes": [0.05, 0.05, 0.05, 0.05, 0.035, 0.035, 0.0245, 0.0245, 0.012005],
    "step 5batches 0.7": [0.05, 0.05, 0.05, 0.05, 0.035, 0.035, 0.0245, 0.0245, 0.012005],
    "cosine 10batches alpha=0.1": [
      0.05, 0.0488987714, 0.0407251678, 0.0344528817, 0.0275, 0.00610122923, 0.005, 0.005, 0.005,
    ],
    "cosine 2.5 alpha=0.1": [
      0.05, 0.0488987714, 0.0407251678, 0.0344528817, 0.0275, 0.00610122923, 0.005, 0.005, 0.005,
    ],
    "cosine 8batches warmup=4batches": [
      0, 0.0125, 0.0375, 0.05, 0.0480969884, 0.0154329119, 0.00732233096, 0, 0,
    ],
    "cosine 2 warmup=1": [0, 0.0125, 0.0375, 0.05, 0.0480969884, 0.0154329119, 0.00732233096, 0, 0],
  ]

  @Test("rates are Keras's, with lengths in epochs and in batches", arguments: goldens.keys.sorted())
  func golden(line: String) throws {
    let expected = try #require(Self.goldens[line])
    for (rate, keras) in zip(try Self.rates(line, at: Self.moments), expected) {
      #expect(abs(rate - keras) <= 1e-6 * 0.05, "\(rate), \(keras)")
    }
  }

  /// PyTorch 2.15.0: `OneCycleLR(max_lr=0.05, total_steps=…, pct_start=…)`, every step; within 1e-6 of the top.
  @Test("one_cycle's rates are PyTorch's", arguments: [
    ("one_cycle 5", [
      0.002, 0.00658359214, 0.0185835921, 0.0334164079, 0.0454164079, 0.05, 0.0493732003, 0.0475242316, 0.0445458089,
      0.0405872827, 0.0358471501, 0.0305631011, 0.0250001, 0.0194370989, 0.0141530499, 0.0094129173, 0.00545439112,
      0.0024759684, 0.000626999688, 2e-07,
    ]),
    ("one_cycle 8batches 0.5", [0.002, 0.014, 0.038, 0.05, 0.0426776988, 0.0250001, 0.00732250118, 2e-07]),
  ])
  func oneCycle(line: String, expected: [Double]) throws {
    let rates = try Self.rates(line, at: Array(expected.indices))
    for (rate, torch) in zip(rates, expected) { #expect(abs(rate - torch) <= 1e-6 * 0.05, "\(rate), \(torch)") }
  }

  @Test("one_cycle stays at its end, rises at once where rise is 0, and takes a length of one update", arguments: [
    ("one_cycle 2", [8, 9, 1000], [2e-07, 2e-07, 2e-07]), ("one_cycle 2 0", [0, 7], [0.05, 2e-07]),
    ("one_cycle 1batches", [0, 1], [0.05, 2e-07]),
  ])
  func edges(line: String, updates: [Int], expected: [Double]) throws {
    for (rate, value) in zip(try Self.rates(line, at: updates), expected) { #expect(abs(rate - value) < 1e-9) }
  }

  @Test("reduce_on_plateau lowers the rate after the epochs in which Keras does, as far as min_lr")
  func plateau() throws {
    // Keras 3.15.1: ReduceLROnPlateau(factor=0.5, patience=2, min_delta=0.01, cooldown=1, min_lr=0.02), SGD(0.1).
    let losses = [1, 0.9, 0.895, 0.894, 0.893, 0.892, 0.891, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    let expected = [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025, 0.02, 0.02, 0.02, 0.02]
    let line = "reduce_on_plateau factor=0.5 patience=2 min_delta=0.01 cooldown=1 min_lr=0.02"
    let schedule = try Schedules.catalogue.value(line)
    for (epoch, keras) in expected.enumerated() {
      let moment = ScheduleState(updates: 4 * epoch, updatesPerEpoch: 4, losses: Array(losses.prefix(epoch)))
      #expect(abs(schedule.rate(0.1, at: moment) - keras) < 1e-9, "epoch \(epoch)")
    }
  }

  @Test("every schedule is held against somebody else's numbers here", arguments: Schedules.catalogue.forms.map(\.name))
  func complete(name: String) {
    let lines = Self.goldens.keys + ["one_cycle", "reduce_on_plateau"]
    #expect(lines.contains { $0.split(separator: " ").first.map(String.init) == name })
  }
}
