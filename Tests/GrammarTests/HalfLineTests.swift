import Testing

@testable import Grammar

@Suite("A line up to the cursor")
struct HalfLineTests {
  static let lines: [(line: String, words: [String], typed: String, start: Int)] = [
    ("", [], "", 0), ("ad", [], "ad", 0), ("add ", ["add"], "", 4), ("add de", ["add"], "de", 4),
    ("run \"my fi", ["run"], "my fi", 4), ("run 'my fi", ["run"], "my fi", 4), ("add \\\n de", ["add"], "de", 7),
    ("fit 3 until=", ["fit", "3"], "until=", 6),
  ]

  @Test("the word at the cursor is told from those before it", arguments: lines)
  func words(line: String, words: [String], typed: String, start: Int) throws {
    let half = try #require(HalfLine(line))
    #expect(half.words.map(\.text) == words)
    #expect(half.typed == typed)
    #expect(half.start == start)
    #expect(!half.isFile)
  }

  @Test("behind > stands a file")
  func file() throws {
    #expect(try #require(HalfLine("data > ")).isFile)
    #expect(try #require(HalfLine("data >re")).typed == "re" || HalfLine("data > re")?.typed == "re")
    #expect(HalfLine("data > re")?.words.map(\.text) == ["data"])
  }

  @Test("a key and the beginning of its value")
  func pair() throws {
    let pair = try #require(HalfLine("compile sgd loss=m")?.pair)
    #expect(pair.key == "loss")
    #expect(pair.value == "m")
    #expect(pair.start == 17)
    #expect(HalfLine("add de")?.pair == nil)
  }

  @Test("nothing is completed in a comment")
  func comment() {
    #expect(HalfLine("add dense # re") == nil)
    #expect(HalfLine("# ") == nil)
  }
}
