import Testing

@testable import Engine

@Suite struct RescalingTests {
  static let twins = [(2.0, -1.0), (0.5, 0), (-3, 4)].map { scale, offset in
    Twin(Rescaling(scale: scale, offset: offset), [3, 5]) { $0.input.map { $0 * scale + offset } }
  }

  @Test("negative numbers can be typed")
  func negative() throws {
    let layer = try #require(try LayerTests.read("rescaling 2 -1") as? Rescaling)
    #expect((layer.scale, layer.offset) == (2, -1))
  }
}
