/// The extents of one example or of one tensor: `[784]`, `[28, 28]`, `[3, 3, 1, 32]`.
public struct Shape: Equatable, Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
  public let extents: [Int]

  public init(_ extents: [Int]) { self.extents = extents }

  public init(arrayLiteral extents: Int...) { self.extents = extents }

  /// How many numbers it holds; `Int.max` when that does not fit into an `Int`.
  public var count: Int {
    extents.reduce(1) { total, extent in
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      return overflow ? .max : product
    }
  }

  public var rank: Int { extents.count }

  public var last: Int { extents.last ?? 1 }

  public subscript(axis: Int) -> Int { extents[axis] }

  /// `28×28`, as people write it.
  public var description: String { extents.map(String.init).joined(separator: "×") }
}
