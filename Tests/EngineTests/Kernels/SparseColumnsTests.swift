import Testing

@testable import Engine

@Suite struct SparseColumnsTests {
  struct Size: Sendable, CustomTestStringConvertible {
    let rows: Int
    let width: Int
    let units: Int
    /// Of numbers that are not 0.
    let share: Float

    var testDescription: String { "[\(rows), \(width)] · [\(width), \(units)], \(share)" }
  }

  /// Remainders of every group, tile, block and panel; one row, and several tiles.
  static let sizes: [Size] = [
    (1, 1, 1, 1), (1, 64, 32, 0.2), (7, 79, 33, 0.2), (3, 80, 128, 0.5), (40, 170, 200, 0.19), (24, 161, 145, 0),
    (5, 81, 17, 1), (130, 90, 260, 0.3), (300, 67, 70, 0.2), (128, 258, 300, 0.1), (17, 3, 5, 0.5),
  ].map { Size(rows: $0.0, width: $0.1, units: $0.2, share: $0.3) }

  /// Numbers as bytes, and a matrix beside them.
  static func numbers(_ size: Size) -> (bytes: [UInt8], w: [Float], bias: [Float], dy: [Float]) {
    var random = Random(seed: 3)
    let bytes = (0..<size.rows * size.width).map { _ in
      random.uniform() < size.share ? UInt8(1 + random.next() % 255) : 0
    }
    let w = (0..<size.width * size.units).map { _ in random.uniform() - 0.5 as Float }
    let bias = (0..<size.units).map { _ in random.uniform() as Float }
    return (bytes, w, bias, (0..<size.rows * size.units).map { _ in random.uniform() - 0.5 as Float })
  }

  /// Both products by lists: y and g, both with w and g row by row, and the sums of dy's columns.
  static func products(_ size: Size, fromBytes: Bool, threads: Int, relu: Bool = false) throws -> [[Float]] {
    let (bytes, w, bias, dy) = numbers(size)
    let threads = Threads(count: threads)
    let panels = Panels(rows: size.width, columns: size.units)
    let lists = SparseColumns(
      rows: size.rows, width: size.width,
      memory: Buffer(count: try #require(SparseColumns.floats(rows: size.rows, width: size.width))).floats)
    if fromBytes {
      let examples = Examples(
        shape: [size.width], pixels: Bytes(bytes), labels: [Int](repeating: 0, count: size.rows), classes: 1)
      lists.list(examples, Array(0..<size.rows)[...], threads: threads)
    } else {
      lists.list(Buffer(bytes.map { Examples.scale[Int($0)] }).floats, threads: threads)
    }
    let scratch = Buffer(
      [Float](repeating: .nan, count: try #require(SparseColumns.scratch(rows: size.rows, units: size.units)))).floats
    let (stored, y, rows) = (Buffer(count: w.count), Buffer(count: dy.count), Buffer(count: w.count))
    let (g, sums) = (Buffer(count: w.count), Buffer(count: size.units))
    panels.copy(stored.floats, rowByRow: Buffer(w).floats, back: true)
    lists.multiply(
      stored.floats, panels, bias: Buffer(bias).floats, relu ? ReLU() : nil, into: y.floats, scratch: scratch,
      threads: threads)
    lists.multiplyTransposed(
      Buffer(dy).floats, panels, bias: sums.floats, scratch: scratch, threads: threads
    ) { place, block in
      let target = panels.block(at: place, rows: block.rows, columns: block.columns, of: g.floats)
      for row in 0..<block.rows { target.row(row).copy(from: block.row(row)) }
    }
    panels.copy(g.floats, rowByRow: rows.floats)
    return [y.values, rows.values, sums.values]
  }

  @Test("products by lists agree with plain loops in float64", arguments: sizes)
  func agreesWithLoops(_ size: Size) throws {
    let (bytes, w, bias, dy) = Self.numbers(size)
    let x = bytes.map { Double(Examples.scale[Int($0)]) }
    let found = try Self.products(size, fromBytes: true, threads: 2)
    func check(_ value: Float, _ sum: Double) { #expect(abs(Double(value) - sum) <= 1e-5 * max(1, abs(sum))) }
    for unit in 0..<size.units {
      for row in 0..<size.rows {
        let sum = (0..<size.width).reduce(Double(bias[unit])) {
          $0 + x[row * size.width + $1] * Double(w[$1 * size.units + unit])
        }
        check(found[0][row * size.units + unit], sum)
      }
      for place in 0..<size.width {
        let sum = (0..<size.rows).reduce(0.0) { $0 + x[$1 * size.width + place] * Double(dy[$1 * size.units + unit]) }
        check(found[1][place * size.units + unit], sum)
      }
      check(found[2][unit], (0..<size.rows).reduce(0.0) { $0 + Double(dy[$1 * size.units + unit]) })
    }
  }

  @Test("lists of bytes and of floats, and any number of threads, give the same bits", arguments: sizes)
  func sameBits(_ size: Size) throws {
    let first = try Self.products(size, fromBytes: true, threads: 1)
    #expect(try Self.products(size, fromBytes: false, threads: 1) == first)
    #expect(try Self.products(size, fromBytes: true, threads: 3) == first)
  }

  @Test("an activation is applied to all of y")
  func activation() throws {
    for size in Self.sizes.suffix(4) {
      let plain = try Self.products(size, fromBytes: true, threads: 2)[0]
      #expect(try Self.products(size, fromBytes: true, threads: 2, relu: true)[0] == plain.map { max($0, 0) })
    }
  }

  @Test("negative zeros are zeros")
  func negativeZero() throws {
    let lists = SparseColumns(rows: 1, width: 8, memory: Buffer(count: 97).floats)
    lists.list(Buffer([-0.0, 0, 0, -0.0, 0, 0, 1, 0] as [Float]).floats, threads: Threads(count: 1))
    let (y, scratch) = (Buffer(count: 1), Buffer(count: 65 * 64))
    let w = Buffer([Float](repeating: .infinity, count: 4) + [1, 1, 3, 1])
    lists.multiply(
      w.floats, Panels(rows: 8, columns: 1), bias: nil, nil, into: y.floats, scratch: scratch.floats,
      threads: Threads(count: 1))
    #expect(y.values == [3])
  }

  @Test("lists are made where most numbers are 0, and not where few are")
  func tellsByZeros() {
    let (few, many) = (Buffer(count: 4000), Buffer(count: 4000))
    for index in 0..<4000 where index % 20 < 4 { few.floats[index] = 1 }
    for index in 0..<4000 where index % 5 > 0 { many.floats[index] = 1 }
    #expect(SparseColumns.pays(few.floats, width: 100))
    #expect(!SparseColumns.pays(many.floats, width: 100))
    func examples(_ values: Buffer) -> Examples {
      Examples(
        shape: [10, 10], pixels: Bytes(values.values.map { UInt8($0) }), labels: [Int](repeating: 0, count: 40),
        classes: 1)
    }
    #expect(SparseColumns.pays(examples(few)))
    #expect(!SparseColumns.pays(examples(many)))
  }
}
