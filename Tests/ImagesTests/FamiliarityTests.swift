import Testing

@testable import Images

@Suite struct FamiliarityTests {
  @Test func `a picture is strange when it is farther from all that is known than other examples are`() {
    let familiarity = Familiarity(known: [0, 0, 100, 100], others: [10, 0, 100, 95], length: 2)
    #expect(!familiarity.isStrange([0, 10]) && !familiarity.isStrange([100, 100]))
    #expect(familiarity.isStrange([50, 50]) && familiarity.isStrange([255, 255]) && familiarity.isStrange([0, 11]))
  }
}
