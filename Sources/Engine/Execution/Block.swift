import CKernels

/// Numbers in some rows and columns of a matrix in memory, `[rows, columns]`.
public struct Block: @unchecked Sendable {
  public let base: UnsafeMutablePointer<Float>
  public let rows: Int
  public let columns: Int
  /// Floats from one row to the next.
  public let stride: Int

  public init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// One row.
  public init(_ values: FloatSpan) { self.init(values.base, rows: 1, columns: values.count, stride: values.count) }

  @inline(__always)
  public func row(_ index: Int) -> FloatSpan { FloatSpan(base + index * stride, count: columns) }

  /// The shape of this block and of one with its gradient, for a kernel.
  func shape(gradient: Block) -> kernel_block {
    kernel_block(rows: rows, columns: columns, stride: stride, gradient_stride: gradient.stride)
  }
}

/// Where a block begins in its matrix.
struct Place {
  let row: Int
  let column: Int
}

/// What an optimizer remembers of a block of weights: slots of the same shape, each at the same place of its memory.
public struct Slots: @unchecked Sendable {
  private let first: Block
  private let distance: Int

  /// - Parameter distance: floats from one slot to the next.
  public init(_ first: Block, distance: Int) {
    self.first = first
    self.distance = distance
  }

  @inline(__always)
  public subscript(slot: Int) -> Block {
    Block(first.base + slot * distance, rows: first.rows, columns: first.columns, stride: first.stride)
  }
}
