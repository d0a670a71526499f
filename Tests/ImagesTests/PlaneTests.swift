import Testing

@testable import Images

@Suite struct PlaneTests {
  @Test(arguments: [(7, 5, 3), (12, 9, 5), (4, 30, 7), (1, 1, 3), (5, 1, 9)])
  func `closing is the smallest of the largest around each pixel`(width: Int, height: Int, side: Int) {
    let values = (0..<width * height).map { Double($0 * 7919 % 101) }
    let plane = Plane(width: width, height: height, values: values)
    func naive(_ plane: Plane, _ choose: (Double, Double) -> Double) -> Plane {
      var result = plane
      for y in 0..<height {
        for x in 0..<width {
          for v in max(0, y - side / 2)...min(height - 1, y + side / 2) {
            for u in max(0, x - side / 2)...min(width - 1, x + side / 2) {
              result.values[y * width + x] = choose(result.values[y * width + x], plane.values[v * width + u])
            }
          }
        }
      }
      return result
    }
    #expect(plane.closed(by: side) == naive(naive(plane, max), min))
  }

  @Test func `what is no number is black`() {
    #expect(Plane(width: 4, height: 1, values: [.nan, -1, 2, 0.5]).bytes == [0, 0, 255, 128])
  }
}
