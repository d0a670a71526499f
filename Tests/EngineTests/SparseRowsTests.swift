import Testing

@testable import Engine

@Suite struct SparseRowsTests {
  /// Rows, width, units and the share of numbers that are not 0: remainders of every panel, one row, one block and several.
  private static let sizes: [(rows: Int, width: Int, units: Int, share: Float)] = [
    (1, 1, 1, 1), (1, 64, 32, 0.2), (7, 79, 33, 0.2), (3, 80, 128, 0.5), (40, 170, 200, 0.19), (24, 161, 145, 0),
    (5, 81, 17, 1), (33, 90, 260, 0.3),
  ]

  @Test("products by lists agree with plain loops in float64", arguments: sizes)
  func agreesWithLoops(_ size: (rows: Int, width: Int, units: Int, share: Float)) {
    var random = Random(seed: 3)
    let (rows, width, units) = (size.rows, size.width, size.units)
    let threads = Threads(count: 2)
    let x = (0..<rows * width).map { _ in random.uniform() < size.share ? random.uniform() as Float : 0 }
    let w = (0..<width * units).map { _ in random.uniform() - 0.5 as Float }
    let bias = (0..<units).map { _ in random.uniform() as Float }
    let dy = (0..<rows * units).map { _ in random.uniform() - 0.5 as Float }

    let space = Workspace(
      capacity: 2 * (rows + 1) * (SparseRows.floats(width: width) + width + 2 * units + 100) + width * units * 3
        + (SparseRows.scratch(rows: rows, width: width) ?? 0))
    func view(_ values: [Float]) -> Floats {
      let floats = space.take(values.count)
      for (index, value) in values.enumerated() { floats[index] = value }
      return floats
    }
    let lists = SparseRows(
      rows: rows, width: width, memory: space.take(rows * SparseRows.floats(width: width)))
    lists.list(view(x), threads: threads)
    let (y, g) = (space.take(rows * units), space.take(width * units))
    lists.multiply(view(w), bias: view(bias), into: y, units: units, threads: threads)
    lists.multiplyTransposed(
      view(dy), into: g, units: units, scratch: space.take(SparseRows.scratch(rows: rows, width: width) ?? 0),
      threads: threads)

    for row in 0..<rows {
      for unit in 0..<units {
        let sum = (0..<width).reduce(Double(bias[unit])) {
          $0 + Double(x[row * width + $1]) * Double(w[$1 * units + unit])
        }
        #expect(abs(Double(y[row * units + unit]) - sum) <= 1e-5 * max(1, abs(sum)))
      }
    }
    for place in 0..<width {
      for unit in 0..<units {
        let sum = (0..<rows).reduce(0.0) { $0 + Double(x[$1 * width + place]) * Double(dy[$1 * units + unit]) }
        #expect(abs(Double(g[place * units + unit]) - sum) <= 1e-5 * max(1, abs(sum)))
      }
    }
  }

  @Test("lists are made where most numbers are 0, and not where few are")
  func tellsByZeros() {
    let space = Workspace(capacity: 4096)
    let input = space.take(4000)
    for index in 0..<4000 { input[index] = index % 5 == 0 ? 1 : 0 }
    #expect(SparseRows.pays(input, width: 100))
    for index in 0..<4000 { input[index] = index % 5 == 0 ? 0 : 1 }
    #expect(!SparseRows.pays(input, width: 100))
  }
}
