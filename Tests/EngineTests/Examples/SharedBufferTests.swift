import Testing

@testable import Engine

@Suite struct SharedBufferTests {
  @Test(
    "bytes are those they were made of, however many",
    arguments: [0, 1, 7, 4096, (1 << 21) - 1, 1 << 21, (1 << 21) + 5])
  func values(count: Int) {
    let values = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let bytes = Bytes(values)
    #expect(bytes.count == count)
    #expect(bytes[0..<count] == values)
    #expect(bytes.withUnsafeBufferPointer { $0.count } == count)
    if count > 3 { #expect(bytes[1..<3] == Array(values[1..<3])) }
  }

  private struct Failure: Error, Equatable {}

  @Test("what cannot be filled is not made")
  func failure() {
    #expect(throws: Failure()) { try Bytes(count: 1 << 22) { (_) throws(Failure) in throw Failure() } }
  }
}
