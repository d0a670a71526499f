import Testing

@testable import Engine

@Suite struct WinogradTests {
  private static func convolution(_ filters: Int, _ window: Window, _ shape: Shape) -> Convolution {
    Convolution(WindowGeometry(window, over: shape), filters: filters)
  }

  @Test func `it is taken for 3×3 kernels without steps, where there is enough to multiply`() {
    let window = Window(size: Pair(3))
    #expect(Winograd(Self.convolution(64, window, [13, 13, 32])) != nil)
    #expect(Winograd(Self.convolution(32, window, [28, 28, 1])) == nil)
    #expect(Winograd(Self.convolution(64, Window(size: Pair(5)), [13, 13, 32])) == nil)
    #expect(Winograd(Self.convolution(64, Window(size: Pair(3), strides: Pair(2)), [13, 13, 32])) == nil)
    #expect(Winograd(Self.convolution(64, Window(size: Pair(3), dilation: Pair(2)), [13, 13, 32])) == nil)
    // Four tiles for nine places are no fewer products.
    #expect(Winograd(Self.convolution(64, window, [5, 5, 64])) == nil)
  }

  /// Lavin and Gray measured it as exact as direct sums; the sums of a channel are shorter.
  @Test func `its error against double precision is not above that of direct sums`() throws {
    let layer = Conv2D(filters: 64, kernel: Pair(3))
    let bench = try Bench(layer, [14, 14, 64], batch: 2)
    #expect(Winograd(Self.convolution(64, layer.window, bench.shape)) != nil)
    bench.forward()
    let w = bench.weights[0].doubles
    var (turned, direct, count) = (0.0, 0.0, 0.0)
    for place in 0..<144 {
      for filter in 0..<64 {
        var (exact, single) = (Double(bench.weights[1][filter]), bench.weights[1][filter])
        for n in 0..<576 {
          let pixel = (place / 12 + n / 192) * 14 + place % 12 + n / 64 % 3
          exact += Double(bench.input[pixel * 64 + n % 64]) * w[n * 64 + filter]
          single.addProduct(bench.input[pixel * 64 + n % 64], bench.weights[0][n * 64 + filter])
        }
        turned +=
          (Double(bench.output[place * 64 + filter]) - exact) * (Double(bench.output[place * 64 + filter]) - exact)
        direct += (Double(single) - exact) * (Double(single) - exact)
        count += exact * exact
      }
    }
    #expect(turned <= direct)
    #expect((turned / count).squareRoot() < 3e-7)
  }
}
