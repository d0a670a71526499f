import Engine
import Testing

@Suite struct PeakTests {
  @Test("the operations grow with the rounds, and their result hangs on the factors")
  func counts() {
    var (one, other): ([Float], [Float]) = ([0.5, 1, 0], [0.5, 2, 0])
    let operations = Kernels.peak(rounds: 100, &one)
    #expect(operations > 0 && Kernels.peak(rounds: 200, &other) == 2 * operations)
    // Each number comes to added / (1 − factor): 2 and 4, and there are as many in both.
    #expect(one[2] > 0 && abs(other[2] / one[2] - 2) < 1e-4)
    #expect(abs(Double(one[2]) - 2 * Double(operations) / 200) < 1e-2 * Double(one[2]))
  }
}
