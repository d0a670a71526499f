/// The extents of one example or of one tensor: `[784]`, `[28, 28]`, `[3, 3, 1, 32]`.
public struct Shape: Equatable, Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
  public let extents: [Int]

  public init(_ extents: [Int]) { self.extents = extents }

  public init(arrayLiteral extents: Int...) { self.extents = extents }

  /// How many numbers it holds; `Int.max` when that does not fit into an `Int`.
  public var count: Int { Shape.count(extents) ?? .max }

  /// How many numbers there are; nil when that does not fit into an `Int`, or would not without the extents that are 0,
  /// as in NumPy: whoever goes through the axes in another order multiplies the others first.
  public static func count(_ extents: [Int]) -> Int? {
    var (count, isEmpty) = (1, false)
    for extent in extents {
      if extent == 0 {
        isEmpty = true
        continue
      }
      let (product, hasOverflown) = count.multipliedReportingOverflow(by: extent)
      if hasOverflown { return nil }
      count = product
    }
    return isEmpty ? 0 : count
  }

  public var rank: Int { extents.count }

  public var last: Int { extents.last ?? 1 }

  public subscript(axis: Int) -> Int { extents[axis] }

  /// `28×28`, as people write it.
  public var description: String { extents.map(String.init).joined(separator: "×") }
}
