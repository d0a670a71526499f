import Testing

@testable import Engine

@Suite struct ProductsTests {
  struct Sizes: Sendable {
    let rows: Int
    let inner: Int
    let columns: Int
  }

  /// Around the lengths at which the work is cut, with remainders.
  static let sizes = [
    (1, 1, 1), (3, 5, 7), (1, 200, 130), (130, 200, 1), (65, 33, 129), (129, 1, 65), (64, 64, 64), (513, 17, 67),
    (67, 17, 513), (32, 784, 10),
  ].map { Sizes(rows: $0.0, inner: $0.1, columns: $0.2) }

  /// A matrix of random numbers that reads as `[rows, columns]`, laid out the other way when `isTransposed`.
  static func matrix(_ rows: Int, _ columns: Int, isTransposed: Bool, _ random: inout Random) -> Matrix {
    let values = Buffer(random.numbers(rows * columns, in: -1...1)).floats
    return isTransposed
      ? Matrix(values: values, rows: columns, columns: rows).transposed
      : Matrix(values: values, rows: rows, columns: columns)
  }

  static func at(_ matrix: Matrix, _ row: Int, _ column: Int) -> Double {
    Double(matrix.values[matrix.isTransposed ? column * matrix.rows + row : row * matrix.columns + column])
  }

  @Test("products are those of three loops, and have the same bits at any number of threads",
    arguments: sizes, [(false, false), (true, false), (false, true), (true, true)])
  func products(sizes: Sizes, isTransposed: (Bool, Bool)) throws {
    try Products.prepare()
    var random = Random(seed: 14)
    let a = Self.matrix(sizes.rows, sizes.inner, isTransposed: isTransposed.0, &random)
    let b = Self.matrix(sizes.inner, sizes.columns, isTransposed: isTransposed.1, &random)
    let results = [1, 2, 3, 7].map { count in
      // What was there before must not matter.
      let result = Buffer([Float](repeating: .nan, count: sizes.rows * sizes.columns))
      let c = Matrix(values: result.floats, rows: sizes.rows, columns: sizes.columns)
      Products.multiply(a, b, into: c, threads: Threads(count: count))
      return result.values
    }
    var worst = 0.0
    for row in 0..<sizes.rows {
      for column in 0..<sizes.columns {
        let sum = (0..<sizes.inner).reduce(0) { $0 + Self.at(a, row, $1) * Self.at(b, $1, column) }
        worst = max(worst, abs(Double(results[0][row * sizes.columns + column]) - sum))
      }
    }
    #expect(worst < 1e-6 * Double(sizes.inner).squareRoot() * 4)
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
