import Testing

@testable import Datasets

@Suite("NumPy's RandomState")
struct RandomStateTests {
  @Test func `shuffles as NumPy does, the second time too`() {
    // numpy.random.RandomState(113), NumPy 2.4.
    var state = RandomState(seed: 113)
    #expect(state.shuffled(10) == [9, 3, 6, 1, 0, 7, 4, 8, 2, 5])
    state = RandomState(seed: 113)
    let first = state.shuffled(25_000)
    #expect(Array(first.prefix(8)) == [7798, 13226, 18078, 793, 17499, 23003, 574, 19638])
    #expect(Array(first.suffix(3)) == [22690, 4828, 14501])
    #expect(Array(state.shuffled(25_000).prefix(8)) == [22748, 4083, 8015, 13688, 5310, 4466, 736, 22654])
    state = RandomState(seed: 113)
    #expect(Array(state.shuffled(506).prefix(8)) == [22, 202, 368, 335, 461, 323, 382, 143])
  }

  @Test(arguments: [0, 1, 2]) func `few are shuffled too`(count: Int) {
    var state = RandomState(seed: 1)
    #expect(state.shuffled(count).sorted() == Array(0..<count))
  }
}
