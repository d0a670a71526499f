import Testing

@testable import Engine

@Suite struct FeaturesTests {
  @Test func `bytes, floats and lists of the same numbers are the same to a network`() throws {
    let bytes: [UInt8] = [0, 255, 51, 0, 0, 102]
    let numbers = bytes.map { ByteScale.unit[$0] }
    let examples = [
      Examples(shape: [3], pixels: Bytes(bytes), labels: [0, 1], classes: 2),
      Examples(shape: [3], features: .floats(Floats(numbers)), targets: .classes([0, 1], count: 2)),
    ]
    for one in examples {
      #expect(one.numbers(of: 0) + one.numbers(of: 1) == numbers)
      let room = Buffer(count: 6)
      try one.features.gather([1, 0], size: 3, into: room.floats, threads: Threads(count: 2))
      #expect(room.values == Array(numbers[3...] + numbers[..<3]))
      #expect(one.bytes(of: 1) == [0, 0, 102])
    }
  }

  @Test func `lists are written out in the order asked for`() throws {
    let lists = Features.lists(SparseRows(width: 3, [[0, 2], [1]]))
    let room = Buffer(count: 9)
    try lists.gather([1, 0, 1], size: 3, into: room.floats, threads: Threads(count: 1))
    #expect(room.values == [0, 1, 0, 1, 0, 1, 0, 1, 0])
  }

  @Test func `standardised bytes have the mean 0 and the deviation 1, and their zeros are none`() {
    let scale = ByteScale(mean: 0.2, deviation: 0.5)
    #expect(scale[51] == 0)
    #expect(abs(scale[255] - 1.6) < 1e-6)
    #expect(!scale.keepsZeros)
    #expect(ByteScale.unit.keepsZeros)
    let examples = Examples(
      shape: [8], features: .bytes(Bytes([UInt8](repeating: 0, count: 80)), scale),
      targets: .classes([Int](repeating: 0, count: 10), count: 1))
    #expect(!SparseColumns.pays(examples))
  }

  @Test func `the range is that of the numbers as they are stored`() {
    let targets = Targets.values([1, 2], width: 1)
    #expect(Examples(shape: [2], features: .bytes(Bytes([3, 9, 4, 8]), .unit), targets: targets).range == 3...9)
    #expect(Examples(shape: [2], features: .floats(Floats([-1.5, .nan, 0, 2])), targets: targets).range == -1.5...2)
    #expect(Examples(shape: [4], features: .lists(SparseRows(width: 4, [[1], []])), targets: targets).range == 0...1)
  }
}
