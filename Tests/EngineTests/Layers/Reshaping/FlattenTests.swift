import Testing

@testable import Engine

@Suite struct FlattenTests {
  static let twins = [Shape([3, 4, 2]), [5]].map { Twin(Flatten(), $0) { $0.input } }

  @Test("all numbers lie in one row") func row() throws { #expect(try Flatten().output(for: [3, 3, 64]) == [576]) }
}
