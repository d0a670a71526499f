import Testing

@testable import Engine

@Suite struct ZeroPadding2DTests {
  static let twins = [twin(Pair(1), [3, 4, 2]), twin(Pair(0, 3), [2, 2, 1]), twin(Pair(2, 1), [1, 5, 3])]

  private static func twin(_ padding: Pair, _ shape: Shape) -> Twin {
    Twin(ZeroPadding2D(padding: padding), shape) { given in
      let (height, width, channels) = (shape[0] + 2 * padding.height, shape[1] + 2 * padding.width, shape[2])
      return (0..<given.batch * height * width * channels).map { place in
        let (image, row) = (place / (height * width * channels), place / (width * channels) % height)
        return given.pixel(image, row - padding.height, place / channels % width - padding.width, place % channels)
      }
    }
  }

  @Test("padding of one pixel unless given otherwise")
  func plain() throws { #expect(try LayerTests.read("zeropadding2d").output(for: [3, 4, 2]) == [5, 6, 2]) }
}
