import TestSupport
import Testing

@testable import Datasets

@Suite("What is told of a table")
struct CSVNotesTests {
  /// What is said of a label in as many rows.
  private func note(_ rows: Int, _ label: (Int) -> String) throws -> String {
    try OwnTable().notes("x,y\n" + (0..<rows).map { "\($0),\(label($0))\n" }.joined(), "label=y")[1]
  }

  @Test func `task=class is offered only where it is not refused`() throws {
    #expect(try note(10) { "\($0 % 2).5" } == "y has numbers that are not whole, so values are learnt")
    #expect(try note(10_001) { "\($0)" } == "y has many different numbers, so values are learnt")
    #expect(
      try note(30) { "\($0)" }
        == "y has many different numbers, so values are learnt; task=class takes them for classes")
  }
}
