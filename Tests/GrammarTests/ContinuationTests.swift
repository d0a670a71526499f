import Testing

@testable import Grammar

@Suite("Lines that go on")
struct ContinuationTests {
  @Test("an open quote or a \\ at the end makes a line go on", arguments: [
    "help \"qu", "help 'it", "help \\", "a \"b\" 'c",
  ])
  func open(line: String) { #expect(Continuation(line).isOpen) }

  @Test("a closed quote, an apostrophe or a \\ in a comment does not", arguments: [
    "", "help", "help \"a b\"", "# it's", "help # it's \\", "a '\"'", "help \\\n fit",
  ])
  func closed(line: String) { #expect(!Continuation(line).isOpen) }

  @Test("line breaks in quotes become blanks, so that a script can hold the line; others stay")
  func joined() {
    #expect(Continuation("expect \"accuracy >=\n0.9\"").joined == "expect \"accuracy >= 0.9\"")
    #expect(Continuation("help \\\nfit").joined == "help \\\nfit")
  }
}
