import CKernels
import Foundation
import Grammar
import Testing

@testable import Engine

/// The kernels of every level that this machine has, against naive twins in double precision.
@Suite struct KernelsTests {
  typealias Level = Kernels.Level

  /// One more and one less than whole registers of every level.
  static let counts = [1, 3, 4, 7, 8, 15, 16, 17, 33, 64]

  @Test func `the level in use is one that the processor can run, and plain always is`() {
    #expect(Kernels.available.contains(Kernels.level))
    #expect(Kernels.available.first == .plain)
  }

  @Test func `a level that there is not is refused with those that there are`() throws {
    for name in ["avx", "neon v3", "V3"] {
      let refusal = #expect(throws: Refusal.self) { try Kernels.check(["SUMI_KERNELS": name]) }
      #expect(refusal?.message.hasPrefix("SUMI_KERNELS=\"\(name)\": there is no such level; it can run plain") == true)
    }
    for level in Level.allCases where !Kernels.available.contains(level) {
      #expect(throws: Refusal.self) { try Kernels.check(["SUMI_KERNELS": level.rawValue]) }
    }
    for level in Kernels.available { #expect(try Kernels.chosen(level.rawValue) == level) }
    #expect(try Kernels.chosen("") == Kernels.available.last)
    try Kernels.check([:])
  }

  /// Numbers of all sizes on both sides of 0, denser near it.
  static let inputs: [Float] = {
    var random = Random(seed: 4)
    let drawn = random.numbers(4000, in: -20...20) + random.numbers(2000, in: -1...1)
      + random.numbers(500, in: -5e-5...5e-5)
    return drawn.map { Float($0) } + [0, -0.0, 1, -1, 1e-30, -1e-30, 88, -88, 90, -90, 1e4, -1e4]
  }()

  /// Distance in units in the last place of the exact result.
  static func ulps(_ value: Float, _ exact: Double) -> Double {
    let nearest = Float(exact)
    if value == nearest { return 0 }
    guard nearest.isFinite, value.isFinite else { return .infinity }
    return abs(Double(value) - exact) / Double(max(nearest.ulp, Float.leastNormalMagnitude))
  }

  struct Function: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The error that CKernels.h promises.
    let limit: Double
    let exact: @Sendable (Double) -> Double
    let run: @Sendable (kernel_table, UnsafeMutablePointer<Float>, Int) -> Void
  }

  static let functions = [
    Function(testDescription: "exponential", limit: 2, exact: { exp($0) }) { $0.exponential($1, $1, $2) },
    Function(testDescription: "sigmoid", limit: 3, exact: { 1 / (1 + exp(-$0)) }) { $0.sigmoid($1, $1, $2) },
    Function(testDescription: "tanh", limit: 3, exact: { tanh($0) }) { $0.tanh($1, $1, $2) },
    Function(testDescription: "gelu", limit: 8, exact: { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }) {
      $0.gelu($1, $1, $2)
    },
    Function(testDescription: "silu", limit: 4, exact: { $0 / (1 + exp(-$0)) }) { $0.silu($1, $1, $2) },
    Function(testDescription: "softplus", limit: 4, exact: { max($0, 0) + log1p(exp(-abs($0))) }) {
      $0.softplus($1, $1, $2)
    },
    Function(testDescription: "elu", limit: 3, exact: { $0 > 0 ? $0 : expm1($0) }) { $0.elu($1, $1, 1, 1, $2) },
    Function(testDescription: "softsign", limit: 2, exact: { $0 / (1 + abs($0)) }) { $0.softsign($1, $1, $2) },
    Function(testDescription: "relu", limit: 0, exact: { max($0, 0) }) { $0.relu($1, $1, $2) },
    Function(testDescription: "leaky_relu", limit: 1, exact: { $0 > 0 ? $0 : Double(Float(0.2)) * $0 }) {
      $0.leaky_relu($1, $1, 0.2, $2)
    },
    Function(testDescription: "hard_sigmoid", limit: 2, exact: { min(max(Double(Float($0) + 3), 0), 6) / 6 }) {
      $0.hard_sigmoid($1, $1, $2)
    },
  ]

  @Test(arguments: functions, Kernels.available)
  func `activations are as exact as they promise`(function: Function, level: Level) throws {
    let table = try #require(level.table)
    let buffer = Buffer(Self.inputs)
    function.run(table, buffer.floats.base, buffer.floats.count)
    var worst = (ulps: 0.0, x: Float(0))
    for (x, y) in zip(Self.inputs, buffer.values) {
      let distance = Self.ulps(y, function.exact(Double(x)))
      if distance > worst.ulps { worst = (distance, x) }
    }
    #expect(worst.ulps <= function.limit, "at \(worst.x)")
  }

  @Test(arguments: functions, Kernels.available)
  func `a row's end gives what its middle gives, and nothing is written after it`(
    function: Function, level: Level
  ) throws {
    let table = try #require(level.table)
    for count in Self.counts {
      let (alone, fenced) = (Buffer(Array(repeating: Float(0.37), count: 80)), Float(-7))
      for i in count..<80 { alone.floats[i] = fenced }
      function.run(table, alone.floats.base, count)
      let whole = Buffer(Array(repeating: Float(0.37), count: 64))
      function.run(table, whole.floats.base, 64)
      #expect((0..<count).allSatisfy { alone.floats[$0] == whole.floats[$0] })
      #expect((count..<80).allSatisfy { alone.floats[$0] == fenced })
    }
  }

  @Test(arguments: functions, Kernels.available)
  func `NaN stays NaN through every activation`(function: Function, level: Level) throws {
    let table = try #require(level.table)
    for count in [1, 16, 19] {
      let buffer = Buffer([Float](repeating: .nan, count: count))
      function.run(table, buffer.floats.base, count)
      #expect(buffer.values.allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: Kernels.available)
  func `softmax adds up to 1, of NaN gives NaN, and of large numbers is finite`(level: Level) throws {
    let table = try #require(level.table)
    for width in Self.counts {
      let row = (0..<width).map { Float($0 % 5) * 20 - 50 }
      let y = Buffer(row)
      table.softmax(y.floats.base, y.floats.base, 1, width)
      let powers = row.map { exp(Double($0)) }
      for (value, power) in zip(y.values, powers) { #expect(isNear(value, power / powers.reduce(0, +), within: 1e-6)) }
      let spoilt = Buffer(row)
      spoilt.floats[width / 2] = .nan
      table.softmax(spoilt.floats.base, spoilt.floats.base, 1, width)
      #expect(spoilt.values.allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: Kernels.available)
  func `max pooling lets NaN through, and knows its place exactly beyond 2²⁴`(level: Level) throws {
    let table = try #require(level.table)
    let first = Int32(1 << 24)
    for channels in [1, 5, 16, 19] {
      let (x, y) = (Buffer([Float](repeating: 1, count: 4 * channels)), Buffer(count: channels))
      for c in 0..<channels { x.floats[3 * channels + c] = c % 2 == 0 ? 2 : .nan }
      var places = [Int32](repeating: -1, count: channels)
      let (offsets, numbers) = ((0..<4).map { Int32($0 * channels) }, (0..<4).map { first + Int32($0) })
      table.max_pool(x.floats.base, offsets, numbers, 4, 1, 0, channels, y.floats.base, &places)
      #expect(places == [Int32](repeating: first + 3, count: channels))
      #expect((0..<channels).allSatisfy { $0 % 2 == 0 ? y.floats[$0] == 2 : y.floats[$0].isNaN })
      // NaN before larger numbers stays.
      for c in 0..<channels { (x.floats[c], x.floats[channels + c]) = (.nan, 9) }
      table.max_pool(x.floats.base, offsets, numbers, 4, 1, 0, channels, y.floats.base, nil)
      #expect(y.values.allSatisfy { $0.isNaN })
      let dx = Buffer(count: 4 * channels)
      table.max_pool_backward(
        Buffer([Float](repeating: 3, count: channels)).floats.base, places, offsets, numbers, 4, 1, 0, channels,
        dx.floats.base)
      #expect(dx.values == [Float](repeating: 0, count: 3 * channels) + [Float](repeating: 3, count: channels))
      #expect(Self.maximum(table, channels).allSatisfy { $0.isNaN })
    }
  }

  private static func maximum(_ table: kernel_table, _ count: Int) -> [Float] {
    let (a, b) = (Buffer([Float](repeating: .nan, count: count)), Buffer([Float](repeating: 1, count: count)))
    table.maximum(a.floats.base, b.floats.base, count)
    table.maximum(Buffer([Float](repeating: 5, count: count)).floats.base, a.floats.base, count)
    return a.values + b.values
  }

  @Test(arguments: Kernels.available)
  func `convolutions and their sums are those of a naive loop`(level: Level) throws {
    let table = try #require(level.table)
    let (filters, lanes) = (table.filters, table.lanes)
    var random = Random(seed: 9)
    for (places, length, columns) in [(1, 1, 1), (5, 7, filters), (13, 27, lanes), (31, 9, filters - 1), (12, 13, 3)] {
      let padded = (columns + lanes - 1) / lanes * lanes
      let patches = (0..<places).map { Int32($0 * 3) }
      let elements = (0..<length).map { Int32($0 * 2 % 11) }
      let x = random.numbers(3 * places + 16, in: -1...1)
      let w = random.numbers(length * filters, in: -1...1)
      let bias = random.numbers(filters, in: -1...1)
      let y = Buffer([Float](repeating: -7, count: places * (padded + 2)))
      table.convolve(
        Buffer(x).floats.base, patches, places, elements, length, Buffer(w).floats.base, Buffer(bias).floats.base,
        y.floats.base, padded + 2, columns)
      let dy = random.numbers(places * padded, in: -1...1)
      let sums = Buffer(count: length * filters)
      table.sum_convolved(
        Buffer(x).floats.base, patches, places, elements, length, Buffer(dy).floats.base, padded, columns,
        sums.floats.base)
      for p in 0..<places {
        for c in 0..<padded + 2 where c >= columns { #expect(y.floats[p * (padded + 2) + c] == -7) }
        for c in 0..<columns {
          let sum = (0..<length).reduce(bias[c]) { $0 + x[Int(patches[p] + elements[$1])] * w[$1 * filters + c] }
          #expect(isNear(y.floats[p * (padded + 2) + c], sum, within: 1e-5))
        }
      }
      for n in 0..<length {
        for c in 0..<columns {
          let sum = (0..<places).reduce(0.0) { $0 + x[Int(patches[$1] + elements[n])] * dy[$1 * padded + c] }
          #expect(isNear(sums.floats[n * filters + c], sum, within: 1e-5))
        }
      }
    }
  }
}
