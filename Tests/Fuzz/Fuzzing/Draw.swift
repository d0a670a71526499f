import Engine

/// Choices that follow from a seed.
extension Random {
  /// True once in `many` times.
  mutating func isOnce(in many: Int) -> Bool { below(many) == 0 }

  /// From 0 to below `count`.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  /// One of them.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
