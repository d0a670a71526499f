import CKernels
import Testing

@testable import Engine

/// The kernels of pooled convolutions' gradients, and of windows on an empty ground, at every level that this machine
/// has.
@Suite struct PooledGradientKernelsTests {
  typealias Level = Kernels.Level
  typealias Image = PooledKernelsTests.Image

  @Test(arguments: Kernels.available)
  func `the gradient of a pooled kernel is the sum over the places that were taken`(level: Level) throws {
    let table = try #require(level.table)
    for (channels, filters) in PooledKernelsTests.sizes {
      let image = Image(channels: channels, filters: filters, seed: 8)
      var random = Random(seed: 9)
      let dy = random.numbers(12 * filters, in: -1...1)
      let first = (0..<12 * filters).map { _ in Int32(random.next() % 4) }
      let count = image.x.count - Int(image.corners[3])
      let four = Buffer(count: 4 * count)
      table.gather_corners(Buffer(image.x).floats.base, count, image.corners, four.floats.base)
      for panel in stride(from: 0, to: filters, by: table.filters) {
        let (some, sums) = (min(table.filters, filters - panel), Buffer(count: image.length * table.filters))
        sums.floats.fill(1)
        first.withUnsafeBufferPointer { first in
          guard let first = first.baseAddress else { return }
          table.sum_pooled(
            four.floats.base, image.windows, 12, image.elements, image.length, Buffer(dy).floats.base + panel,
            first + panel, filters, some, sums.floats.base)
        }
        for n in 0..<image.length {
          for filter in 0..<some {
            let sum = (0..<12).reduce(1.0) { sum, window in
              let number = window * filters + panel + filter
              let place = image.windows[window] + image.corners[Int(first[number])] + image.elements[n]
              return sum + dy[number] * image.x[Int(place)]
            }
            #expect(isNear(sums.floats[n * table.filters + filter], sum, within: 1e-5))
          }
        }
      }
    }
  }

  @Test(arguments: Kernels.available)
  func `windows on an empty ground are what they would be if each were computed`(level: Level) throws {
    let table = try #require(level.table)
    for (ground, dots) in [(0.0, []), (-0.4, [37]), (0.5, [0, 5, 79])] as [(Double, [Int])] {
      let image = Image(channels: 1, filters: 5, seed: 10, ground: ground, dots: dots)
      let y = Buffer([Float](repeating: -7, count: 60))
      var first = [Int32](repeating: -7, count: 60)
      table.convolve_pooled(
        Buffer(image.x).floats.base, image.windows, 12, image.sight, image.corners, image.elements, image.length,
        image.packed(0, table.filters).floats.base, image.bias(0, table.filters).floats.base, y.floats.base, &first, 5,
        5)
      for window in 0..<12 {
        for filter in 0..<5 {
          let place = Int(image.windows[window] + image.corners[Int(first[window * 5 + filter])])
          #expect(isNear(y.floats[window * 5 + filter], image.pooled(window, filter).value, within: 1e-5))
          #expect(isNear(y.floats[window * 5 + filter], image.sum(place, filter), within: 1e-5))
        }
      }
    }
  }
}
