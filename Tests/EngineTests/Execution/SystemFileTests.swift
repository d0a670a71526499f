import Testing

@testable import Engine

@Suite struct SystemFileTests {
  private func file(_ text: String) throws -> SystemFile {
    let root = try ControlGroupsTests.Root(["/file": text])
    return try #require(SystemFile(root.path + "/file"))
  }

  @Test func `a number is found by the whole name that it stands beside`() throws {
    let file = try file("MemTotal:  64 kB\nanon_thp 1\nanon 2\nfile\t3\nempty\n")
    #expect(file.number("MemTotal:") == 64)
    #expect(file.number("anon") == 2)
    #expect(file.number("file") == 3)
    #expect(file.number("empty") == nil)
    #expect(file.number("MemTotal") == nil)
  }

  @Test(arguments: [("5 7\n9\n", [5, 7]), ("max 100000", [nil, 100_000]), ("-1\n", [-1]), ("", []), ("\n", [])])
  func `limits are the numbers of the first line, and what is no number is no limit`(
    text: String, expected: [Int?]
  ) throws {
    #expect(try file(text).numbers == expected)
    #expect(try file(text).number == expected.first ?? nil)
  }

  @Test func `a file of many pages is read to its end`() throws {
    let file = try file(String(repeating: "name 1\n", count: 10_000) + "last 2")
    #expect(file.number("last") == 2)
    #expect(file.lines.reduce(0) { count, _ in count + 1 } == 10_001)
  }

  @Test func `what cannot be opened is no file`() { #expect(SystemFile("/nowhere") == nil) }
}
