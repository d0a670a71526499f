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

  /// Loads what multiplies matrices, too: without it there is nothing to fill a kernel with.
  public func check(_ shape: Shape) throws(Refusal) {
    guard shape.rank < 2 else { return try Products.prepare() }
    throw Refusal("orthogonal needs rows and columns, not \(shape) numbers in a row", hint: "help orthogonal")
  }

  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) {
    let (rows, columns) = (values.count / shape.last, shape.last)
    let (long, short) = (max(rows, columns), min(rows, columns))
    // Line by line the columns of the matrix, so that each lies in one piece.
    var lines = (0..<values.count).map { _ in Float(random.normal()) }
    Orthogonal.straighten(&lines, length: long)
    for line in 0..<short {
      for place in 0..<long {
        let target = rows < columns ? line * columns + place : place * columns + line
        values[target] = Float(gain) * lines[line * long + place]
      }
    }
  }

  /// Lines that are made straight at once: enough to work on whole matrices, few enough to stay in the cache.
  private static let block = 32

  /// Makes lines of one length, no more than that many, stand at right angles and have length 1, by Gram and Schmidt's
  /// method: each line in turn loses its share of those before it. R's diagonal is positive by it.
  ///
  /// Block by block, each twice, which takes away what rounding left the first time.
  static func straighten(_ lines: inout [Float], length: Int) {
    let count = lines.count / length
    var shares = [Float](repeating: 0, count: block * count)
    lines.withUnsafeMutableBufferPointer { lines in
      shares.withUnsafeMutableBufferPointer { shares in
        for first in stride(from: 0, to: count, by: block) {
          let end = min(first + block, count)
          let before = Matrix(values: FloatSpan(lines, 0..<first * length), rows: first, columns: length)
          let here = Matrix(
            values: FloatSpan(lines, first * length..<end * length), rows: end - first, columns: length)
          for _ in 0..<2 {
            takeOut(before, of: here, shares: FloatSpan(shares, 0..<here.rows * first))
            straighten(here)
          }
        }
      }
    }
  }

  /// Subtracts from every line its share of all lines before: h −= (h·bᵀ)·b.
  private static func takeOut(_ before: Matrix, of here: Matrix, shares: FloatSpan) {
    guard before.rows > 0 else { return }
    let products = Matrix(values: shares, rows: here.rows, columns: before.rows)
    Products.multiplyAlone(here, before.transposed, into: products)
    for i in 0..<shares.count { shares[i] = -shares[i] }
    Products.multiplyAlone(products, before, into: here, adds: true)
  }

  /// The lines of one block among themselves.
  private static func straighten(_ here: Matrix) {
    for index in 0..<here.rows {
      let line = here.values.part(index * here.columns, count: here.columns)
      for other in 0..<index {
        let before = here.values.part(other * here.columns, count: here.columns)
        let share = Float(dot(line, before))
        for i in 0..<line.count { line[i] -= share * before[i] }
      }
      let size = Float(dot(line, line).squareRoot())
      for i in 0..<line.count { line[i] /= size }
    }
  }

  /// Σ aᵢ·bᵢ in double precision.
  private static func dot(_ a: FloatSpan, _ b: FloatSpan) -> Double {
    var sum = 0.0
    for i in 0..<a.count { sum += Double(a[i]) * Double(b[i]) }
    return sum
  }
}
