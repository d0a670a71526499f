import Foundation
import Grammar
import Testing

@testable import Engine

/// What every loss of the catalogue has to keep.
@Suite struct LossTests {
  typealias Twin = @Sendable (_ y: [Double], _ t: [Double]) -> Double

  static let margin = 1e-7

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  static func crossentropy(_ y: [Double], _ t: [Double], smoothing: Double = 0) -> Double {
    let sum = y.reduce(0, +)
    return zip(y, t).reduce(0) { total, pair in
      let target = pair.1 * (1 - smoothing) + smoothing / Double(y.count)
      return total - target * log(min(max(pair.0 / sum, margin), 1 - margin))
    }
  }

  static func binary(_ y: [Double], _ t: [Double], smoothing: Double = 0) -> Double {
    mean(zip(y, t).map { y, t in
      let (p, t) = (min(max(y, margin), 1 - margin), t * (1 - smoothing) + 0.5 * smoothing)
      return -t * log(p) - (1 - t) * log(1 - p)
    })
  }

  static func huber(_ y: [Double], _ t: [Double], delta: Double) -> Double {
    mean(zip(y, t).map { y, t in
      let e = abs(y - t)
      return e <= delta ? 0.5 * e * e : delta * e - 0.5 * delta * delta
    })
  }

  /// Each loss once more, naively and in double precision.
  static let twins: [String: Twin] = [
    "categorical_crossentropy": { crossentropy($0, $1) },
    "categorical_crossentropy label_smoothing=0.1": { crossentropy($0, $1, smoothing: 0.1) },
    "categorical_crossentropy label_smoothing=1": { crossentropy($0, $1, smoothing: 1) },
    "sparse_categorical_crossentropy": { crossentropy($0, $1) },
    "binary_crossentropy": { binary($0, $1) },
    "binary_crossentropy label_smoothing=0.1": { binary($0, $1, smoothing: 0.1) },
    "mse": { mean(zip($0, $1).map { ($0 - $1) * ($0 - $1) }) },
    "mae": { mean(zip($0, $1).map { abs($0 - $1) }) },
    "huber": { huber($0, $1, delta: 1) },
    "huber delta=0.25": { huber($0, $1, delta: 0.25) },
    "kl_divergence": { y, t in
      zip(y, t).reduce(0) { sum, pair in
        let (p, q) = (min(max(pair.0, margin), 1), min(max(pair.1, margin), 1))
        return sum + q * log(q / p)
      }
    },
    "hinge": { mean(zip($0, $1).map { max(1 - (2 * $1 - 1) * $0, 0) }) },
    "categorical_hinge": { y, t in
      let right = zip(y, t).reduce(0) { $0 + $1.0 * $1.1 }
      let wrong = zip(y, t).map { $0 * (1 - $1) }.max() ?? 0
      return max(wrong - right + 1, 0)
    },
  ]
  static let lines = twins.keys.sorted()

  /// Outputs that the loss accepts, and a target with the class `row % width` of them, or 0 and 1 in turn.
  static func samples(_ loss: any Loss, width: Int) -> [(y: [Double], t: [Double])] {
    var random = Random(seed: 3)
    return (0..<8).map { row in
      let range = loss.accepts(Linear()) ? -2.0...2.0 : 0.05...0.95
      let target = width == 1 ? [Double(row % 2)] : (0..<width).map { $0 == row % width ? 1.0 : 0 }
      return (random.numbers(width, in: range), target)
    }
  }

  static func gradient(_ loss: any RowLoss, _ y: [Double], _ t: [Double], scale: Float = 1) -> [Float] {
    let gradient = Buffer(count: y.count)
    loss.gradient(Buffer(y).floats, Buffer(t).floats, scale: scale, into: gradient.floats)
    return gradient.values
  }

  @Test("every loss has a twin here", arguments: Losses.catalogue.forms.map(\.name))
  func twin(name: String) {
    #expect(Self.twins[name] != nil)
  }

  @Test("values are those of the twin", arguments: lines, [1, 2, 7])
  func value(line: String, width: Int) throws {
    let loss = try Losses.catalogue.value(line)
    let twin = try #require(Self.twins[line])
    for (y, t) in Self.samples(loss, width: width) {
      #expect(isNear(loss.value(Buffer(y).floats, Buffer(t).floats), twin(y, t), within: 1e-5))
    }
  }

  @Test("gradients are the slopes of the twin, times the scale", arguments: lines, [1, 2, 7])
  func gradient(line: String, width: Int) throws {
    let loss = try Losses.catalogue.value(line)
    let twin = try #require(Self.twins[line])
    for (y, t) in Self.samples(loss, width: width) {
      let expected = outputGradient(at: y) { twin($0, t) }
      for (value, outputGradient) in zip(Self.gradient(loss, y, t, scale: 0.25), expected) {
        #expect(isNear(value, 0.25 * outputGradient, within: 1e-3, floor: 1e-3))
      }
    }
  }

  /// Losses that are computed from logits behind an activation, with the activation's name.
  static let joint = [
    ("categorical_crossentropy", "softmax"), ("categorical_crossentropy label_smoothing=0.1", "softmax"),
    ("sparse_categorical_crossentropy", "softmax"), ("binary_crossentropy", "sigmoid"),
    ("binary_crossentropy label_smoothing=0.1", "sigmoid"),
  ]

  @Test("behind its activation, value and gradient are those of the twins of both", arguments: joint, [1, 2, 7])
  func logits(pair: (String, String), width: Int) throws {
    let loss = try Losses.catalogue.value(pair.0)
    let joint = try #require(loss.onLogits(of: try Activations.catalogue.value(pair.1)))
    let twin = try #require(Self.twins[pair.0])
    for (x, t) in Self.samples(MSE(), width: width) {
      let whole = { (x: [Double]) in twin(ActivationTests.row(pair.1, x), t) }
      #expect(isNear(joint.value(Buffer(x).floats, Buffer(t).floats), whole(x), within: 1e-5))
      for (value, outputGradient) in zip(Self.gradient(joint, x, t), outputGradient(at: x, of: whole)) {
        #expect(isNear(value, outputGradient, within: 1e-3, floor: 1e-2))
      }
    }
  }

  @Test("behind its activation, logits of ±1e4 give finite numbers", arguments: joint)
  func largeLogits(pair: (String, String)) throws {
    let loss = try Losses.catalogue.value(pair.0)
    let joint = try #require(loss.onLogits(of: try Activations.catalogue.value(pair.1)))
    for x in [[1e4, -1e4, 0], [-1e4, 1e4, 1e4], [-1e4, -1e4, -1e4]] {
      let t = [1.0, 0, 0]
      #expect(joint.value(Buffer(x).floats, Buffer(t).floats).isFinite)
      #expect(Self.gradient(joint, x, t).allSatisfy { $0.isFinite })
    }
  }

  @Test(
    "another activation has no joint loss",
    arguments: ["categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy", "mae", "hinge"])
  func noJoint(line: String) throws {
    let loss = try Losses.catalogue.value(line)
    #expect(loss.onLogits(of: Tanh()) == nil)
  }

  @Test("a row that adds up to 0 has no shares and so no crossentropy, as in Keras")
  func nothing() {
    // Keras 3.15.1 (TensorFlow): categorical_crossentropy([[1, 0, 0]], [[0, 0, 0]]) and its gradient are nan.
    let (y, t) = (Buffer(count: 3), Buffer([1.0, 0, 0]))
    #expect(CategoricalCrossentropy().value(y.floats, t.floats).isNaN)
    #expect(Self.gradient(CategoricalCrossentropy(), [0, 0, 0], [1, 0, 0]).allSatisfy { $0.isNaN })
  }

  @Test("the best of equal others share the slope of categorical_hinge, as in Keras")
  func ties() throws {
    // Keras 3.15.1: tf.GradientTape over categorical_hinge([[0, 1, 0]], [[0.5, 0.25, 0.5]]).
    #expect(Self.gradient(CategoricalHinge(), [0.5, 0.25, 0.5], [0, 1, 0]) == [0.5, -1, 0.5])
  }

  /// Keras 3.15.1 (TensorFlow), `Loss()(t, y)` with t = [[0, 1, 0], [1, 0, 0]]; within 1e-6.
  /// Probabilities are [[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], others [[-1.5, 0.25, 2], [0.5, -0.75, 0.1]].
  static let goldens: [String: Double] = [
    "categorical_crossentropy": 0.52491105,
    "categorical_crossentropy label_smoothing=0.1": 0.60200757,
    "sparse_categorical_crossentropy": 0.52491105,
    "binary_crossentropy": 0.32635745,
    "binary_crossentropy label_smoothing=0.1": 0.381894171,
    "mse": 1.2724999,
    "mae": 0.93333334,
    "huber": 0.53208333,
    "huber delta=0.5": 0.35499999,
    "kl_divergence": 0.52490819,
    "hinge": 0.93333334,
    "categorical_hinge": 1.675,
  ]

  @Test("numbers are Keras's", arguments: goldens.keys.sorted())
  func golden(line: String) throws {
    let loss = try Losses.catalogue.value(line)
    let rows: [[Double]] = loss.accepts(Linear())
      ? [[-1.5, 0.25, 2], [0.5, -0.75, 0.1]] : [[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]]
    let values = zip(rows, [[0.0, 1, 0], [1, 0, 0]]).map { loss.value(Buffer($0).floats, Buffer($1).floats) }
    let expected = try #require(Self.goldens[line])
    #expect(isNear((values[0] + values[1]) / 2, expected, within: 1e-6))
  }
}
