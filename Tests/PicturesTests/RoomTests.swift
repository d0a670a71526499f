import Testing

@testable import Pictures

@Suite struct RoomTests {
  @Test func `memory that the system does not give is known before it is taken`() throws {
    #expect(Room.isThere(0) && Room.isThere(1 << 20))
    try Room.require(1 << 20)
    #expect(throws: Undrawable.self) { try Room.require(1 << 60) }
  }
}
