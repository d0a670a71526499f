import Testing

@testable import Grammar

@Suite("Lines cut into words")
struct WordsTests {
  static let lines: [(typed: String, words: [String])] = [
    ("", []), ("   ", []), ("a", ["a"]), ("  a\tb  c ", ["a", "b", "c"]), ("add dense 512", ["add", "dense", "512"]),
    ("# all", []), ("a # b", ["a"]), ("a#b", ["a#b"]), ("a '#b'", ["a", "#b"]), ("#a\nb", ["b"]), ("# a \\\nb", ["b"]),
    ("\"a b\"", ["a b"]), ("'a b'", ["a b"]), ("'a \"b\"'", ["a \"b\""]), ("\"it's\"", ["it's"]),
    ("a\"b c\"d", ["ab cd"]),
    ("\"\"", [""]), ("''\"\"", [""]), ("k=\"a b\"", ["k=a b"]), ("\"a\"'b'", ["ab"]),
    ("a \\\n b", ["a", "b"]), ("a\\\nb", ["a", "b"]), ("a \\\r\n b", ["a", "b"]), ("a\\b", ["a\\b"]), ("\\", ["\\"]),
    ("a >= 1", ["a", ">=", "1"]), ("a>=1", ["a>=1"]), ("a>1", ["a>1"]), ("a \">\" 1", ["a", ">", "1"]),
    ("計算 é 🦉", ["計算", "é", "🦉"]),
    ("a\u{00A0}b", ["a", "b"]), ("e\u{301}", ["é"]), ("a\0b", ["a\0b"]), ("a\rb", ["a", "b"]),
  ]

  @Test("blanks separate, quotes join, # begins a comment and \\ continues", arguments: lines)
  func words(typed: String, words: [String]) throws {
    let line = try Words(typed)
    #expect(line.all.map(\.text) == words)
    #expect(line.redirect == nil)
    #expect(line.isEmpty == words.isEmpty)
  }

  @Test("every word knows the characters it came from", arguments: lines)
  func spans(typed: String, words: [String]) throws {
    let characters = Array(typed)
    for word in try Words(typed).all {
      let raw = String(characters[word.span.start..<word.span.end])
      #expect(raw.filter { $0 != "\"" && $0 != "'" } == word.text.filter { $0 != "\"" && $0 != "'" })
    }
  }

  @Test(
    "> names a file",
    arguments: [
      ("a > f.csv", ["a"], "f.csv"), ("a >f.csv", ["a"], "f.csv"), ("a b > 'my file'", ["a", "b"], "my file"),
      ("a >'my file'", ["a"], "my file"), ("> f", [], "f"), ("a > f # so", ["a"], "f"), ("a > '>'", ["a"], ">"),
    ])
  func redirects(typed: String, words: [String], file: String) throws {
    let line = try Words(typed)
    #expect(line.all.map(\.text) == words)
    #expect(line.redirect?.text == file)
    #expect(!line.isEmpty)
  }

  static let mistakes: [(typed: String, says: String, at: Span)] = [
    ("a \"b", "a quote is opened here and never closed; expected another \"", Span(start: 2, length: 2)),
    ("a 'b \" c", "a quote is opened here and never closed; expected another '", Span(start: 2, length: 6)),
    ("a\"", "a quote is opened here and never closed; expected another \"", Span(start: 1, length: 1)),
    ("a >", "a file's name is missing after >", Span(start: 2, length: 1)),
    ("a > b c", "nothing may follow the file's name, but there is \"c\"", Span(start: 6, length: 1)),
    ("a >b c", "nothing may follow the file's name, but there is \"c\"", Span(start: 5, length: 1)),
    ("a > b > c", "nothing may follow the file's name, but there is \">\"", Span(start: 6, length: 1)),
  ]

  @Test("what cannot be cut says why and where", arguments: mistakes)
  func refuses(typed: String, says: String, at span: Span) {
    let misread = #expect(throws: Misread.self) { try Words(typed) }
    #expect(misread?.message == says)
    #expect(misread?.span == span)
  }

  @Test("a line of a million characters is cut in time")
  func endless() throws {
    #expect(try Words(String(repeating: "x", count: 1_000_000)).all.count == 1)
    #expect(try Words(String(repeating: "x ", count: 500_000)).all.count == 500_000)
    #expect(try Words("'" + String(repeating: "x ", count: 500_000) + "'").all.count == 1)
    #expect(try Words("#" + String(repeating: "'", count: 1_000_000)).isEmpty)
  }

  @Test(
    "a missing word would stand behind the last one",
    arguments: [("add", 4), ("  add dense", 12), ("add > f", 4), ("", 0)])
  func end(typed: String, start: Int) throws {
    #expect(try Words(typed).end == Span(start: start, length: 1))
  }

  @Test func `two arrows are told from one`() {
    let misread = #expect(throws: Misread.self) { try Words("data >> x.csv") }
    #expect(misread?.message.contains("there is no >>") == true)
  }
}
