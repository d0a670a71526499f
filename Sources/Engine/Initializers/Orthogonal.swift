import Grammar

/// A kernel whose columns, or rows where those are fewer, stand at right angles and have length `gain`.
///
/// `[…, out]` is flattened to `[rows, out]`; a normal matrix with the longer side first is taken apart as Q·R with a
/// positive diagonal of R, and Q, turned where there are fewer rows than columns, is the kernel
/// (Saxe, McClelland and Ganguli 2014; flattening and signs after Keras 3.15).
public struct Orthogonal: Initializer {
  public let gain: Double

  public static let form = Form<Orthogonal>(
    "orthogonal", "Columns at right angles to each other, which neither strengthen nor weaken signals.",
    .named("gain", .number, default: 1, "the length of the columns"),
    formula: "gain·Q of a normal matrix Q·R",
    source: "Saxe, McClelland and Ganguli 2014; Keras 3.15",
    examples: ["add dense 64 relu kernel_initializer=orthogonal"],
    make: { Orthogonal(gain: $0) }, settings: { $0.gain })

  public init(gain: Double) { self.gain = gain }

  public func check(_ shape: Shape) throws(Refusal) {
    guard shape.rank < 2 else { return }
    throw Refusal("orthogonal needs rows and columns, not \(shape) numbers in a row", hint: "help orthogonal")
  }

  public func fill(_ values: Floats, shape: Shape, random: inout Random) {
    let (rows, columns) = (values.count / shape.last, shape.last)
    let (long, short) = (max(rows, columns), min(rows, columns))
    var matrix = (0..<long * short).map { _ in random.normal() }
    Orthogonal.straighten(&matrix, columns: short)
    for row in 0..<rows {
      for column in 0..<columns {
        let place = rows < columns ? column * short + row : row * short + column
        values[row * columns + column] = Float(gain * matrix[place])
      }
    }
  }

  /// Turns a matrix, row by row and at least as long as wide, into its Q, by Gram and Schmidt's method in the modified
  /// order: each column in turn gets length 1 and is taken out of those behind it. R's diagonal is positive by it.
  static func straighten(_ matrix: inout [Double], columns: Int) {
    var shares = [Double](repeating: 0, count: columns)
    matrix.withUnsafeMutableBufferPointer { a in
      for column in 0..<columns {
        var square = 0.0
        for row in stride(from: column, to: a.count, by: columns) { square += a[row] * a[row] }
        for row in stride(from: column, to: a.count, by: columns) { a[row] /= square.squareRoot() }
        takeOut(column, of: a, columns: columns, shares: &shares)
      }
    }
  }

  /// Subtracts from every column behind `column` its share along it; row by row, as the matrix lies in memory.
  private static func takeOut(
    _ column: Int, of a: UnsafeMutableBufferPointer<Double>, columns: Int, shares: inout [Double]
  ) {
    for other in column + 1..<columns { shares[other] = 0 }
    for start in stride(from: 0, to: a.count, by: columns) {
      let weight = a[start + column]
      for other in column + 1..<columns { shares[other] += weight * a[start + other] }
    }
    for start in stride(from: 0, to: a.count, by: columns) {
      let weight = a[start + column]
      for other in column + 1..<columns { a[start + other] -= weight * shares[other] }
    }
  }
}
