import Testing

@testable import Engine

@Suite("Shapes")
struct ShapeTests {
  @Test(arguments: [
    ([], 1), ([3], 3), ([2, 3, 4], 24), ([4, 0], 0), ([0, 4], 0), ([1 << 31, 1 << 31], 1 << 62),
    ([1 << 32, 1 << 31], nil), ([1 << 62, 0, 8], nil), ([0, 1 << 62, 8], nil), ([1 << 62, 8, 0], nil),
  ] as [([Int], Int?)]) func `extents hold so many numbers, if their product fits in any order`(
    extents: [Int], count: Int?
  ) {
    #expect(Shape.count(extents) == count)
    #expect(Shape(extents).count == count ?? .max)
  }
}
