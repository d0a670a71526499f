import Foundation
import Grammar
import Testing

@testable import Engine

/// What every initializer of the catalogue has to keep.
@Suite struct InitializerTests {
  /// A kernel of 400 inputs and 250 outputs: 100,000 numbers.
  static let shape: Shape = [400, 250]

  static func draw(_ line: String, _ shape: Shape, seed: UInt64 = 1) throws -> [Double] {
    let buffer = Buffer(count: shape.count)
    var random = Random(seed: seed)
    let initializer = try Initializers.catalogue.value(line)
    try initializer.check(shape)
    initializer.fill(buffer.floats, shape: shape, random: &random)
    return buffer.doubles
  }

  /// Mean, variance and largest size that 100,000 draws should have.
  struct Law: Sendable {
    var mean = 0.0
    let variance: Double
    let bound: Double

    static func even(_ variance: Double) -> Law { Law(variance: variance, bound: (3 * variance).squareRoot()) }

    static func truncated(_ variance: Double) -> Law {
      Law(variance: variance, bound: 2 * variance.squareRoot() / 0.87962566103423978)
    }
  }

  static let laws: [String: Law] = [
    "glorot_uniform": .even(2.0 / 650), "glorot_normal": .truncated(2.0 / 650),
    "he_uniform": .even(2.0 / 400), "he_normal": .truncated(2.0 / 400),
    "lecun_uniform": .even(1.0 / 400), "lecun_normal": .truncated(1.0 / 400),
    "random_uniform": .even(0.01 / 12), "random_normal": Law(variance: 0.0025, bound: .infinity),
    "random_uniform minval=-1 maxval=2": Law(mean: 0.5, variance: 9.0 / 12, bound: 2),
    "random_normal mean=2 stddev=0.5": Law(mean: 2, variance: 0.25, bound: .infinity),
    "zeros": Law(variance: 0, bound: 0), "ones": Law(mean: 1, variance: 0, bound: 1),
  ]

  @Test("every initializer has a law here, or is orthogonal", arguments: Initializers.catalogue.forms.map(\.name))
  func law(name: String) {
    #expect(Self.laws[name] != nil || name == "orthogonal")
  }

  @Test("100,000 draws have the mean, the variance and the bound of the law", arguments: laws.keys.sorted())
  func draws(line: String) throws {
    let law = try #require(Self.laws[line])
    let values = try Self.draw(line, Self.shape)
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    // Four standard errors of the mean; 2 % are more than four of the variance of 100,000 normal numbers.
    #expect(abs(mean - law.mean) <= 4 * (law.variance / 100_000).squareRoot())
    #expect(abs(variance - law.variance) <= 0.02 * law.variance)
    let largest = values.map { abs($0) }.max() ?? 0
    #expect(largest <= law.bound * (1 + 1e-6))
    if law.bound.isFinite { #expect(largest >= 0.99 * law.bound) }
  }

  @Test("normal numbers are within one, two and three deviations as often as they should be")
  func normal() {
    var random = Random(seed: 4)
    let sizes = (0..<100_000).map { _ in abs(random.normal()) }
    for (bound, share) in [(1.0, 0.6827), (2, 0.9545), (3, 0.9973)] {
      let found = Double(sizes.filter { $0 < bound }.count) / 100_000
      #expect(abs(found - share) < 0.006)
    }
  }

  @Test("the fans of a kernel are Keras's", arguments: [
    ([784, 512], 784.0, 512.0), ([3, 3, 16, 32], 144, 288), ([5, 16, 32], 80, 160), ([10], 10, 10),
  ] as [([Int], Double, Double)])
  func fans(extents: [Int], input: Double, output: Double) {
    let fans = Fans(Shape(extents))
    #expect(fans.in == input)
    #expect(fans.out == output)
  }

  @Test(
    "the same seed gives the same numbers, another seed others", arguments: Initializers.catalogue.forms.map(\.name))
  func seeds(name: String) throws {
    let shape: Shape = [6, 5]
    let first = try Self.draw(name, shape)
    let (again, other) = try (Self.draw(name, shape), Self.draw(name, shape, seed: 2))
    #expect(again == first)
    #expect((other == first) == ["zeros", "ones"].contains(name))
  }

  @Test("orthogonal columns, or rows where those are fewer, stand at right angles and have length gain", arguments: [
    [30, 30], [50, 20], [20, 50], [3, 3, 2, 40], [3, 3, 4, 10], [1, 7], [7, 1], [1, 1], [97, 97], [33, 64], [70, 65],
  ])
  func orthogonal(extents: [Int]) throws {
    let shape = Shape(extents)
    let values = try Self.draw("orthogonal gain=2", shape)
    let (rows, columns) = (shape.count / shape.last, shape.last)
    let at = { (row: Int, column: Int) in values[row * columns + column] }
    for i in 0..<min(rows, columns) {
      for j in 0..<min(rows, columns) {
        let product = rows >= columns
          ? (0..<rows).reduce(0) { $0 + at($1, i) * at($1, j) } : (0..<columns).reduce(0) { $0 + at(i, $1) * at(j, $1) }
        #expect(abs(product - (i == j ? 4 : 0)) < 1e-5)
      }
    }
  }

  @Test("a matrix is straightened as Keras does it")
  func straightened() throws {
    try Products.prepare()
    // Keras 3.15.1's steps, numpy: a = round(randn(4, 3), 3); q, r = qr(a); q * sign(diag(r)); columns as lines.
    var columns: [Float] = [1.718, 0.3, -1.234, -0.429, -0.458, 1.056, 0.183, -0.648, -0.288, 0.566, 0.022, 1.748]
    let expected = [
      0.7884118, 0.13767378, -0.56629813, -0.1968735, -0.23248924, 0.82020861, 0.056379683, -0.51964211, 0.013333825,
      0.53941977, -0.13897909, 0.83038145,
    ]
    Orthogonal.straighten(&columns, length: 4)
    for (value, keras) in zip(columns, expected) { #expect(abs(Double(value) - keras) < 1e-6) }
  }

  @Test("orthogonal refuses biases, and the network stays as it was")
  func refused() throws {
    var network = Network(data: [4])
    var random = Random(seed: 1)
    let layer = try Layers.catalogue.value("dense 3 bias_initializer=orthogonal")
    #expect(throws: Refusal.self) { try network.append(layer, random: &random) }
    #expect(network.layers.isEmpty)
    #expect(random == Random(seed: 1))
  }
}
