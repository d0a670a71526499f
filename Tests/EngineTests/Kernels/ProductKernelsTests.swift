import CKernels
import Testing

@testable import Engine

/// The kernels of products of matrices, and of matrices turned over, at every level that this machine has.
@Suite struct ProductKernelsTests {
  typealias Level = Kernels.Level

  /// Remainders of every tile, strip and packed part.
  @Test(arguments: Kernels.available)
  func `products of matrices are those of a naive loop, and nothing beside them is written`(level: Level) throws {
    let table = try #require(level.table)
    for (rows, depth, columns) in [(1, 1, 1), (7, 300, 33), (130, 50, 64), (13, 97, 129), (128, 259, 30), (6, 8, 16)] {
      let stride = columns + 3
      var random = Random(seed: 21)
      let (x, w) = (random.numbers(rows * depth, in: -1...1), random.numbers(depth * stride, in: -1...1))
      let (bias, dy) = (random.numbers(columns, in: -1...1), random.numbers(rows * stride, in: -1...1))
      for bias in [bias, nil] {
        let y = Buffer([Float](repeating: -7, count: rows * stride))
        let first = bias.map { Buffer($0) }
        table.multiply_dense(
          Buffer(x).floats.base, rows, depth, Buffer(w).floats.base, stride, first?.floats.base, y.floats.base, stride,
          columns)
        for row in 0..<rows {
          for c in columns..<stride { #expect(y.floats[row * stride + c] == -7) }
          for c in 0..<columns {
            let sum = (0..<depth).reduce(bias?[c] ?? 0) { $0 + x[row * depth + $1] * w[$1 * stride + c] }
            #expect(isNear(y.floats[row * stride + c], sum, within: 1e-5))
          }
        }
      }
      let (g, some) = (Buffer([Float](repeating: -7, count: depth * stride)), max(1, depth - 2))
      table.multiply_dense_turned(
        Buffer(x).floats.base, rows, depth, some, Buffer(dy).floats.base, stride, columns, g.floats.base, stride)
      for k in 0..<depth {
        for c in 0..<stride where c >= columns || k >= some { #expect(g.floats[k * stride + c] == -7) }
        for c in 0..<columns where k < some {
          let sum = (0..<rows).reduce(0.0) { $0 + x[$1 * depth + k] * dy[$1 * stride + c] }
          #expect(isNear(g.floats[k * stride + c], sum, within: 1e-5))
        }
      }
    }
  }

  /// Panels of every width, strips of several panels, and columns that begin anywhere.
  @Test(arguments: Kernels.available)
  func `the way back of a product is that of a naive loop, and nothing beside it is written`(level: Level) throws {
    let table = try #require(level.table)
    for (rows, inputs, outputs) in [(1, 1, 1), (9, 40, 10), (33, 70, 128), (8, 97, 300), (5, 33, 1025)] {
      let (panels, stride) = (Panels(rows: inputs, columns: outputs), inputs + 3)
      var random = Random(seed: 22)
      let (w, dy) = (random.numbers(inputs * outputs, in: -1...1), random.numbers(rows * outputs, in: -1...1))
      let stored = Buffer(count: w.count)
      panels.copy(stored.floats, rowByRow: Buffer(w).floats, back: true)
      let matrix = kernel_panels(
        numbers: stored.floats.base, rows: inputs, columns: outputs, width: panels.width)
      let (dx, first) = (Buffer([Float](repeating: -7, count: rows * stride)), min(2, inputs - 1))
      table.multiply_dense_back(
        Buffer(dy).floats.base, rows, matrix, dx.floats.base, stride, first, inputs - first)
      for row in 0..<rows {
        for c in 0..<stride where c < first || c >= inputs { #expect(dx.floats[row * stride + c] == -7) }
        for c in first..<inputs {
          let sum = (0..<outputs).reduce(0.0) { $0 + dy[row * outputs + $1] * w[c * outputs + $1] }
          #expect(isNear(dx.floats[row * stride + c], sum, within: 1e-5))
        }
      }
    }
  }

  @Test(arguments: Kernels.available)
  func `a matrix turned over has its rows as columns, and nothing beside them is written`(level: Level) throws {
    let table = try #require(level.table)
    for rows in [1, 3, 4, 7, 8, 9, 16, 23, 40] {
      for columns in [1, 2, 4, 5, 8, 12, 16, 31, 33] {
        let from = Buffer((0..<rows * (columns + 2)).map { Float($0) })
        let to = Buffer([Float](repeating: -7, count: columns * (rows + 3)))
        table.transpose(from.floats.base, rows, columns, columns + 2, to.floats.base, rows + 3)
        for c in 0..<columns {
          for r in 0..<rows + 3 {
            #expect(to.floats[c * (rows + 3) + r] == (r < rows ? from.floats[r * (columns + 2) + c] : -7))
          }
        }
      }
    }
  }
}
