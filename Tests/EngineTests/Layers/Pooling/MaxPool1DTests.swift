import Testing

@testable import Engine

@Suite struct MaxPool1DTests {
  static let twins = [
    twin(2, on: [6, 3]), twin(2, on: [7, 1]), twin(3, strides: 2, same: true, on: [8, 5]),
    twin(3, strides: 1, on: [5, 17]),
  ]

  static func twin(_ size: Int, strides: Int? = nil, same: Bool = false, on shape: Shape) -> Twin {
    Twin(MaxPool1D(size: size, strides: strides, padding: same ? .same : .valid), shape) { given in
      pooled(given, size, strides ?? size, same: same) { $0.max() ?? .nan }
    }
  }

  @Test(
    arguments: [("maxpool1d", [14, 3]), ("maxpool1d 3", [9, 3]), ("maxpool1d 3 2", [13, 3])] as [(String, Shape)])
  func `the strides are the pool's size unless given`(_ line: String, _ output: Shape) throws {
    #expect(try LayerTests.read(line).output(for: [28, 3]) == output)
  }
}

/// The numbers under a window along a sequence, place by place and channel by channel.
func pooled(_ given: Twin.Given, _ size: Int, _ strides: Int, same: Bool, _ value: ([Double]) -> Double) -> [Double] {
  let image = Twin.Given(
    batch: given.batch, shape: Sequences.image(given.shape), input: given.input, weights: [:],
    isTraining: given.isTraining, seed: given.seed)
  return pooled(image, Pair(1, size), Pair(1, strides), same: same, value)
}
