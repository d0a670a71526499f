import CKernels
import Testing

@testable import Engine

/// Lists of what is not 0, and products with them, at every level that this machine has, against naive twins in double
/// precision.
@Suite struct ListedKernelsTests {
  typealias Level = Kernels.Level

  @Test(arguments: Kernels.available)
  func `products with listed rows are those of a naive loop`(level: Level) throws {
    let table = try #require(level.table)
    var random = Random(seed: 2)
    for (rows, width, columns) in [(1, 3, 1), (9, 70, 64), (128, 64, 17), (20, 130, 40)] {
      let x = random.numbers(rows * width, in: -0.7...0.3).map { Float(max($0, 0)) }
      let w = random.numbers(width * columns, in: -1...1)
      let dy = random.numbers(rows * 64, in: -1...1)
      let (values, places, starts) = Self.lists(x, rows, width, table)
      let panel = Buffer(count: rows * 64)
      table.add_listed_products(
        values, places, starts, rows, width, Buffer(w).floats.base, columns, columns, panel.floats.base)
      for r in 0..<rows {
        for c in 0..<columns {
          let sum = (0..<width).reduce(0.0) { $0 + Double(x[r * width + $1]) * w[$1 * columns + c] }
          #expect(isNear(panel.floats[r * 64 + c], sum, within: 1e-5))
        }
      }
      let g = Buffer(count: (width + 3) / 4 * 4 * 64)
      table.listed_transposed_products(
        values, places, starts, rows, 0, (width + 3) / 4, Buffer(dy).floats.base, columns, false, g.floats.base)
      for i in 0..<width {
        for c in 0..<columns {
          let sum = (0..<rows).reduce(0.0) { $0 + Double(x[$1 * width + i]) * dy[$1 * 64 + c] }
          #expect(isNear(g.floats[i * 64 + c], sum, within: 1e-5))
        }
      }
    }
  }

  /// Lists of what is not 0 in blocks of four columns, 64 columns at a time.
  private static func lists(_ x: [Float], _ rows: Int, _ width: Int, _ table: kernel_table) -> (
    values: [Float], places: [Int32], starts: [Int32]
  ) {
    let chunks = (width + 63) / 64
    var values = [Float](repeating: .nan, count: chunks * 16 * rows * 4)
    var places = [Int32](repeating: -1, count: chunks * 16 * rows)
    var starts = [Int32](repeating: -1, count: chunks * 17)
    for chunk in 0..<chunks {
      values.withUnsafeMutableBufferPointer { values in
        places.withUnsafeMutableBufferPointer { places in
          starts.withUnsafeMutableBufferPointer { starts in
            table.list_groups(
              x, rows, width, chunk, values.baseAddress! + chunk * 64 * rows,
              places.baseAddress! + chunk * 16 * rows, starts.baseAddress! + chunk * 17)
          }
        }
      }
    }
    return (values, places, starts)
  }

  @Test(arguments: Kernels.available)
  func `lists of rows have what is not 0, in order`(level: Level) throws {
    let table = try #require(level.table)
    var random = Random(seed: 6)
    for width in KernelsTests.counts {
      let x = random.numbers(5 * width, in: -4...1).map { $0 > 0 ? Float($0) : -0.0 }
      var values = [Float](repeating: .nan, count: 5 * width + 16)
      var (places, starts) = ([Int32](repeating: -1, count: 5 * width + 16), [Int32](repeating: -1, count: 6))
      table.csr_from_dense(x, 5, width, &values, &places, &starts)
      let found = x.indices.filter { x[$0] != 0 }
      #expect(Int(starts[5]) == found.count)
      #expect(values.prefix(found.count).elementsEqual(found.map { x[$0] }))
      #expect(places.prefix(found.count).elementsEqual(found.map { Int32($0 % width) }))
      #expect((0...5).allSatisfy { row in Int(starts[row]) == found.count { $0 < row * width } })
    }
  }
}
