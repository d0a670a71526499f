import Foundation
import Grammar
import Testing

@testable import Engine

/// What every metric of the catalogue has to keep.
@Suite struct MetricTests {
  static func value(_ line: String, _ outputs: [[Double]], _ targets: [[Double]]) throws -> Double {
    var metric = try Metrics.catalogue.value(line)
    for (output, target) in zip(outputs, targets) { metric.add(Buffer(output).floats, Buffer(target).floats) }
    return metric.value
  }

  /// Probabilities of four classes, and their classes.
  static let outputs: [[Double]] = [
    [0.0133, 0.2457, 0.108, 0.633], [0.1635, 0.0991, 0.6248, 0.1125], [0.2852, 0.5035, 0.057, 0.1544],
    [0.1017, 0.5178, 0.2341, 0.1464], [0.516, 0.2375, 0.197, 0.0495], [0.2049, 0.4715, 0.0162, 0.3074],
    [0.4387, 0.0011, 0.0665, 0.4937], [0.3747, 0.3611, 0.0377, 0.2265], [0.0722, 0.304, 0.099, 0.5248],
    [0.2563, 0.0659, 0.4166, 0.2613], [0.0039, 0.0941, 0.8691, 0.0329], [0.0041, 0.4063, 0.1663, 0.4234],
  ]
  static let targets = [0, 1, 0, 3, 1, 2, 1, 2, 3, 3, 3, 2].map { own in (0..<4).map { $0 == own ? 1.0 : 0 } }

  /// Keras 3.15.1 (TensorFlow), float32: `m.update_state(targets, outputs); m.result()` of
  /// TopKCategoricalAccuracy(k=2), Precision(), Recall(), F1Score(average="macro"), AUC(), MeanAbsoluteError(),
  /// MeanSquaredError() and CategoricalAccuracy(); within 1e-6.
  static let goldens: [String: Double] = [
    "top_k_accuracy k=2": 0.33333334, "precision": 0.14285715, "recall": 0.083333336, "f1": 0.062499985,
    "auc": 0.31018519, "mae": 0.42409584, "mse": 0.27718017, "accuracy": 0.083333336,
  ]

  @Test("every metric has Keras's number here", arguments: Metrics.catalogue.forms.map(\.name))
  func golden(name: String) throws {
    let line = name == "top_k_accuracy" ? "top_k_accuracy k=2" : name
    let expected = try #require(Self.goldens[line])
    let value = try Self.value(line, Self.outputs, Self.targets)
    #expect(abs(value - expected) < 1e-6)
  }

  @Test(
    "with one output the numbers are Keras's, f1 with threshold=0.5",
    arguments: [
      ("precision", 0.40000001), ("recall", 0.5), ("f1", 0.44444442), ("auc", 0.58333337),
    ])
  func oneOutput(name: String, expected: Double) throws {
    let outputs = [0.828, 0.942, 0.128, 0.23, 0.659, 0.132, 0.224, 0.575, 0.17, 0.782].map { [$0] }
    let targets = [0.0, 1, 0, 0, 0, 1, 1, 0, 0, 1].map { [$0] }
    let value = try Self.value(name, outputs, targets)
    #expect(abs(value - expected) < 1e-6)
  }

  @Test("no rows give 0", arguments: Metrics.catalogue.forms.map(\.name))
  func empty(name: String) throws {
    let value = try Self.value(name, [], [])
    #expect(value == 0)
  }

  @Test("outputs that are no numbers do not trap", arguments: Metrics.catalogue.forms.map(\.name))
  func notNumbers(name: String) throws {
    let rows = [[Double.nan, 0.5], [.infinity, -.infinity], [.nan, .nan]]
    let value = try Self.value(name, rows, [[1, 0], [0, 1], [1, 0]])
    #expect(!(value < 0))
  }

  @Test("where no output is above 0.5 there is no precision, and without errors everything is 1")
  func bounds() throws {
    let none = try Self.value("precision", [[0.5, 0.4]], [[1, 0]])
    #expect(none == 0)
    for name in ["accuracy", "precision", "recall", "auc", "f1"] {
      let value = try Self.value(name, [[0.9, 0.1], [0.2, 0.8]], [[1, 0], [0, 1]])
      #expect(abs(value - 1) < 1e-6, "\(name)")
    }
  }

  @Test("equal outputs: as large as the k-th counts as among them")
  func ties() throws {
    let equal = try Self.value("top_k_accuracy k=1", [[0.5, 0.5, 0]], [[0, 1, 0]])
    let below = try Self.value("top_k_accuracy k=2", [[0.4, 0.3, 0.2]], [[0, 0, 1]])
    #expect(equal == 1)
    #expect(below == 0)
  }

  @Test(
    "auc takes outputs between the same two of its 200 thresholds for equal",
    arguments: [
      ([1.0, 0.9951], 0.5), ([1.0, 0.994], 1.0), ([0.0049, 0.0], 0.5), ([0.0051, 0.0], 1.0), ([0.4, 0.6], 0.0),
    ] as [([Double], Double)])
  func thresholds(outputs: [Double], expected: Double) throws {
    // Keras 3.15.1: `AUC()` of targets [1, 0] and these outputs.
    let value = try Self.value("auc", outputs.map { [$0] }, [[1], [0]])
    #expect(value == expected)
  }
}
