import Foundation
import Grammar
import Testing

@testable import Engine

/// What every optimizer of the catalogue has to keep.
@Suite struct OptimizerTests {
  /// One number's optimizer once more, naively and in double precision: weight, gradient and step to the new weight.
  struct Twin: Sendable {
    let slots: [Double]
    let update: @Sendable (_ w: Double, _ g: Double, _ s: inout [Double], _ t: Double) -> Double
  }

  static func adam(_ s: inout [Double], _ g: Double, _ t: Double) -> Double {
    s[0] = 0.9 * s[0] + 0.1 * g
    s[1] = 0.999 * s[1] + 0.001 * g * g
    return s[0] / (1 - pow(0.9, t)) * (1 - pow(0.999, t)).squareRoot()
  }

  /// By line, at the rate that the line has or else the optimizer's own.
  static let twins: [String: Twin] = [
    "sgd": Twin(slots: []) { w, g, _, _ in w - 0.01 * g },
    "sgd lr=0.1 momentum=0.9": Twin(slots: [0]) { w, g, s, _ in
      s[0] = 0.9 * s[0] - 0.1 * g
      return w + s[0]
    },
    "sgd lr=0.1 momentum=0.9 nesterov=yes": Twin(slots: [0]) { w, g, s, _ in
      s[0] = 0.9 * s[0] - 0.1 * g
      return w + 0.9 * s[0] - 0.1 * g
    },
    "rmsprop": Twin(slots: [0]) { w, g, s, _ in
      s[0] = 0.9 * s[0] + 0.1 * g * g
      return w - 0.001 * g / (s[0] + 1e-7).squareRoot()
    },
    "rmsprop momentum=0.5 centered=yes": Twin(slots: [0, 0, 0]) { w, g, s, _ in
      s[0] = 0.9 * s[0] + 0.1 * g * g
      s[1] = 0.9 * s[1] + 0.1 * g
      s[2] = 0.5 * s[2] + 0.001 * g / (s[0] - s[1] * s[1] + 1e-7).squareRoot()
      return w - s[2]
    },
    "adam": Twin(slots: [0, 0]) { w, g, s, t in
      let step = adam(&s, g, t)
      return w - 0.001 * step / (s[1].squareRoot() + 1e-7)
    },
    "adam amsgrad=yes": Twin(slots: [0, 0, 0]) { w, g, s, t in
      let step = adam(&s, g, t)
      s[2] = max(s[2], s[1])
      return w - 0.001 * step / (s[2].squareRoot() + 1e-7)
    },
    // The weight decay is the trainer's.
    "adamw": Twin(slots: [0, 0]) { w, g, s, t in
      let step = adam(&s, g, t)
      return w - 0.001 * step / (s[1].squareRoot() + 1e-7)
    },
    "adagrad": Twin(slots: [0.1]) { w, g, s, _ in
      s[0] += g * g
      return w - 0.001 * g / (s[0] + 1e-7).squareRoot()
    },
    "adadelta lr=1": Twin(slots: [0, 0]) { w, g, s, _ in
      s[0] = 0.95 * s[0] + 0.05 * g * g
      let d = g * (s[1] + 1e-7).squareRoot() / (s[0] + 1e-7).squareRoot()
      s[1] = 0.95 * s[1] + 0.05 * d * d
      return w - d
    },
    "adamax": Twin(slots: [0, 0]) { w, g, s, t in
      s[0] = 0.9 * s[0] + 0.1 * g
      s[1] = max(0.999 * s[1], abs(g))
      return w - 0.001 / (1 - pow(0.9, t)) * s[0] / (s[1] + 1e-7)
    },
    // The third slot is the product of all μ so far.
    "nadam": Twin(slots: [0, 0, 1]) { w, g, s, t in
      let (now, next) = (0.9 * (1 - 0.5 * pow(0.96, t)), 0.9 * (1 - 0.5 * pow(0.96, t + 1)))
      s[0] = 0.9 * s[0] + 0.1 * g
      s[1] = 0.999 * s[1] + 0.001 * g * g
      s[2] *= now
      let mean = next * s[0] / (1 - s[2] * next) + (1 - now) * g / (1 - s[2])
      return w - 0.001 * mean / ((s[1] / (1 - pow(0.999, t))).squareRoot() + 1e-7)
    },
    "lion": Twin(slots: [0]) { w, g, s, _ in
      let direction = 0.9 * s[0] + 0.1 * g
      s[0] = 0.99 * s[0] + 0.01 * g
      return w - 0.001 * (direction > 0 ? 1 : direction < 0 ? -1 : 0)
    },
  ]
  static let lines = twins.keys.sorted()

  @Test("every optimizer has a twin here", arguments: Optimizers.catalogue.forms.map(\.name))
  func twin(name: String) {
    #expect(Self.lines.contains { $0.split(separator: " ").first.map(String.init) == name })
  }

  @Test("one update and ten are those of the twin", arguments: lines)
  func updates(line: String) throws {
    let twin = try #require(Self.twins[line])
    var random = Random(seed: 21)
    let start = random.numbers(17, in: -2...2)
    let run = try Run(line, start)
    var (weights, slots) = (start, start.map { _ in twin.slots })
    for number in 1...10 {
      let gradient = random.numbers(17, in: -1...1)
      run.update(gradient, number)
      for i in weights.indices { weights[i] = twin.update(weights[i], gradient[i], &slots[i], Double(number)) }
      guard number == 1 || number == 10 else { continue }
      for (i, value) in run.weights.values.enumerated() {
        // Single precision of the weight, and of the way it went.
        let way = abs(weights[i] - start[i])
        #expect(abs(Double(value) - weights[i]) < 1e-4 * way + 1e-6, "\(line), step \(number)")
      }
    }
  }

  @Test("a late update is that of the twin", arguments: lines)
  func late(line: String) throws {
    let twin = try #require(Self.twins[line])
    let run = try Run(line, [1])
    var (weight, slots) = (1.0, twin.slots)
    for number in 1...1500 {
      run.update([weight], number)
      weight = twin.update(weight, Double(Float(weight)), &slots, Double(number))
    }
    #expect(isNear(run.weights.values[0], weight, within: 1e-3))
  }

  @Test("it comes down a bowl", arguments: lines)
  func descends(line: String) throws {
    let run = try Run(line, [1, -2, 0.5])
    let height = { run.weights.doubles.reduce(0) { $0 + $1 * $1 } }
    let first = height()
    for number in 1...300 { run.update(run.weights.doubles, number) }
    #expect(height() < 0.97 * first)
  }

  @Test("any split of the weights gives the same bits", arguments: lines)
  func split(line: String) throws {
    var random = Random(seed: 8)
    let start = random.numbers(37, in: -2...2)
    let (whole, split) = (try Run(line, start), try Run(line, start))
    for number in 1...5 {
      let gradient = random.numbers(37, in: -1...1)
      whole.update(gradient, number)
      for range in [20..<37, 0..<1, 1..<20] { split.update(gradient, number, range) }
    }
    #expect(whole.weights.values == split.weights.values)
    #expect(whole.slots == split.slots)
  }

  @Test("blocks of rows and columns give the same bits as the whole", arguments: lines)
  func blocks(line: String) throws {
    var random = Random(seed: 9)
    let start = random.numbers(5 * 40, in: -2...2)
    let (whole, blocks) = (try Run(line, start), try Run(line, start))
    for number in 1...3 {
      let gradient = random.numbers(5 * 40, in: -1...1)
      whole.update(gradient, number)
      for (rows, columns) in [(0..<5, 3..<40), (0..<2, 0..<3), (2..<5, 0..<3)] {
        blocks.update(gradient, number, width: 40, rows: rows, columns: columns)
      }
    }
    #expect(whole.weights.values == blocks.weights.values)
    #expect(whole.slots == blocks.slots)
  }

  @Test("a square too large for a float moves nothing, and is not taken for no number", arguments: ["rmsprop", "adam"])
  func largeGradient(line: String) throws {
    let run = try Run(line, [1])
    run.update([1e20], 1)
    #expect(isNear(run.weights.values[0], 1, within: 1e-2))
  }

  @Test("a gradient of 0 moves a new optimizer nowhere", arguments: lines)
  func still(line: String) throws {
    let run = try Run(line, [1, -2])
    run.update([0, 0], 1)
    #expect(run.weights.values == [1, -2])
  }

  @Test("a gradient that is no number is not hidden", arguments: lines)
  func notANumber(line: String) throws {
    let run = try Run(line, [1])
    run.update([.nan], 1)
    #expect(!run.weights.values[0].isFinite)
  }

  /// Keras 3.15.1 (TensorFlow), float32: `w = Variable([1, -2, 0.5])`, ten times `o.apply([w], [w])` with a copy of w
  /// as its gradient; w after the first and the tenth. Within 2e-6: Keras computes powers of β in single precision.
  static let goldens: [String: [Double]] = [
    "sgd": [0.99000001, -1.98, 0.495, 0.90438205, -1.8087641, 0.45219103],
    "sgd lr=0.1 momentum=0.9": [0.89999998, -1.8, 0.44999999, -0.58878934, 1.1775787, -0.29439467],
    "sgd lr=0.1 momentum=0.9 nesterov=yes": [0.81, -1.62, 0.405, -0.34657812, 0.69315624, -0.17328906],
    "rmsprop": [0.99683774, -1.9968377, 0.49683774, 0.98271853, -1.9826928, 0.48277012],
    "rmsprop momentum=0.5 centered=yes": [0.99666667, -1.9966667, 0.49666667, 0.95951551, -1.9593768, 0.45979899],
    "adam": [0.99900001, -1.999, 0.49900001, 0.99000329, -1.9900017, 0.49000669],
    "adam amsgrad=yes": [0.99900001, -1.999, 0.49900001, 0.99000329, -1.9900017, 0.49000669],
    "adagrad": [0.99904656, -1.9990122, 0.49915484, 0.99507898, -1.9950061, 0.49532521],
    "adadelta lr=1": [0.99858576, -1.9985858, 0.49858579, 0.98547202, -1.9854385, 0.48553976],
    "adamax": [0.99900001, -1.999, 0.49900001, 0.98998082, -1.9899902, 0.49000663],
    "nadam": [0.99893719, -1.9989372, 0.49893722, 0.99223387, -1.9922297, 0.49224249],
    "lion": [0.99900001, -1.999, 0.49900001, 0.99000013, -1.9899995, 0.49000013],
  ]

  @Test("numbers are Keras's", arguments: goldens.keys.sorted())
  func golden(line: String) throws {
    let expected = try #require(Self.goldens[line])
    let run = try Run(line, [1, -2, 0.5])
    var values: [Float] = []
    for number in 1...10 {
      run.update(run.weights.doubles, number)
      if number == 1 || number == 10 { values += run.weights.values }
    }
    for (value, keras) in zip(values, expected) { #expect(isNear(value, keras, within: 2e-6)) }
  }
}
