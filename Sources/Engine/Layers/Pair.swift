import Grammar

/// A height and a width, such as a kernel's; typed `3` for both, or `3x5`.
public struct Pair: Equatable, Sendable {
  public let height: Int
  public let width: Int

  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The same in both directions.
  public init(_ both: Int) { self.init(both, both) }

  /// The largest that is read: two of them multiplied fit into an `Int`.
  static let largest = 1_000_000

  var text: String { height == width ? "\(height)" : "\(height)x\(width)" }
}

extension ArgumentType where Value == Pair {
  /// One whole number for both directions, or `HEIGHTxWIDTH`; each `least` or more.
  static func pair(_ minimum: Int) -> ArgumentType {
    let expected = "a whole number from \(minimum) to \(Pair.largest), or height and width as in 3x5"
    return ArgumentType(
      expected: expected, sample: String(minimum),
      read: { (word) throws(Misread) -> Pair in
        let parts = word.plain.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        let numbers = parts.compactMap { $0 }.filter { minimum <= $0 && $0 <= Pair.largest }
        guard numbers.count == parts.count, let first = numbers.first, numbers.count <= 2 else {
          throw Misread("expected \(expected), not \"\(word.text)\"", at: word.span)
        }
        return Pair(first, numbers[numbers.count - 1])
      },
      write: \.text)
  }
}
