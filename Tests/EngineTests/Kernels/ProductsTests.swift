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
    (67, 17, 513), (32, 784, 10), (130, 300, 200), (260, 193, 129),
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

  /// The largest distance of a result from three loops in float64, in units of what rounding allows.
  static func distance(_ result: (Int, Int) -> Float, _ a: Matrix, _ b: Matrix) -> Double {
    var worst = 0.0
    for row in 0..<a.rows {
      for column in 0..<b.columns {
        let sum = (0..<a.columns).reduce(0) { $0 + at(a, row, $1) * at(b, $1, column) }
        worst = max(worst, abs(Double(result(row, column)) - sum))
      }
    }
    return worst / (4e-6 * Double(a.columns).squareRoot())
  }

  @Test(
    "products are those of three loops", arguments: sizes, [(false, false), (true, false), (false, true), (true, true)])
  func products(sizes: Sizes, isTransposed: (Bool, Bool)) throws {
    try Products.prepare()
    var random = Random(seed: 14)
    let a = Self.matrix(sizes.rows, sizes.inner, isTransposed: isTransposed.0, &random)
    let b = Self.matrix(sizes.inner, sizes.columns, isTransposed: isTransposed.1, &random)
    // What was there before must not matter.
    let result = Buffer([Float](repeating: .nan, count: sizes.rows * sizes.columns))
    Products.multiplyAlone(a, b, into: Matrix(values: result.floats, rows: sizes.rows, columns: sizes.columns))
    #expect(Self.distance({ result.floats[$0 * sizes.columns + $1] }, a, b) < 1)
  }

  /// The three products of a dense layer with `[rows, inner] · [inner, columns]`, w and its gradient in panels.
  static func layer(_ sizes: Sizes, threads: Int, _ x: Matrix, _ w: Matrix, _ dy: Matrix) -> [Buffer] {
    let (panels, threads) = (Panels(rows: sizes.inner, columns: sizes.columns), Threads(count: threads))
    let stored = Buffer(count: w.values.count)
    panels.copy(stored.floats, rowByRow: w.values, back: true)
    func result(_ count: Int) -> Buffer { Buffer([Float](repeating: .nan, count: count)) }
    let (y, dx) = (result(sizes.rows * sizes.columns), result(sizes.rows * sizes.inner))
    let (dw, rows, taken) = (result(w.values.count), result(w.values.count), result(y.values.count))
    Products.multiply(
      x, stored.floats, panels, bias: nil, into: Matrix(values: y.floats, rows: sizes.rows, columns: sizes.columns),
      threads: threads
    ) { place, block in
      for row in 0..<block.rows {
        taken.floats.part((place.row + row) * sizes.columns + place.column, count: block.columns)
          .copy(from: block.row(row))
      }
    }
    Products.multiply(
      dy, transposed: stored.floats, panels,
      into: Matrix(values: dx.floats, rows: sizes.rows, columns: sizes.inner), threads: threads)
    Products.multiply(transposed: x, dy, into: dw.floats, panels, threads: threads) { _, _ in }
    panels.copy(dw.floats, rowByRow: rows.floats)
    return [y, dx, rows, taken]
  }

  @Test(
    "a layer's products are those of three loops, and have the same bits at any number of threads", arguments: sizes)
  func layer(sizes: Sizes) throws {
    try Products.prepare()
    var random = Random(seed: 15)
    let x = Self.matrix(sizes.rows, sizes.inner, isTransposed: false, &random)
    let w = Self.matrix(sizes.inner, sizes.columns, isTransposed: false, &random)
    let dy = Self.matrix(sizes.rows, sizes.columns, isTransposed: false, &random)
    let all = [1, 2, 3, 7].map { Self.layer(sizes, threads: $0, x, w, dy) }
    #expect(Self.distance({ all[0][0].floats[$0 * sizes.columns + $1] }, x, w) < 1)
    #expect(Self.distance({ all[0][1].floats[$0 * sizes.inner + $1] }, dy, w.transposed) < 1)
    #expect(Self.distance({ all[0][2].floats[$0 * sizes.columns + $1] }, x.transposed, dy) < 1)
    #expect(all[0][3].values == all[0][0].values)
    #expect(all.allSatisfy { $0.map(\.values) == all[0].map(\.values) })
  }
}
