import Testing

@testable import Grammar

@Suite("What a word may be")
struct ArgumentTypeTests {
  private func read<Value>(_ kind: ArgumentType<Value>, _ text: String) throws(Misread) -> Value {
    try kind.read(Word(text, at: Span(start: 3, length: text.count)))
  }

  @Test("whole numbers in their range", arguments: ["1", "10", "+5", "007"])
  func integers(text: String) throws { #expect(try read(.integer(1...10), text) == Int(text)) }

  @Test(arguments: ["-0", "-0.0", "-0e5"]) func `a zero has no sign, as it is written without one`(text: String) throws {
    #expect(try read(.number, text).sign == .plus)
    #expect(ArgumentType.number.write(try read(.number, text)) == "0")
  }

  static let wrong: [(kind: String, typed: String, says: String)] = [
    ("1...10", "0", "expected a whole number from 1 to 10, not \"0\""),
    ("1...10", "11", "expected a whole number from 1 to 10, not \"11\""),
    ("1...10", "1.0", "expected a whole number from 1 to 10, not \"1.0\""),
    ("1...10", "", "expected a whole number from 1 to 10, not \"\""),
    ("1...10", "٣", "expected a whole number from 1 to 10, not \"٣\""),
    ("1...10", "0x5", "expected a whole number from 1 to 10, not \"0x5\""),
    ("1...", "-1", "expected a whole number, 1 or more, not \"-1\""),
    (
      "1...", "9223372036854775808",
      "expected a whole number, 1 or more, and at most 9223372036854775807, not \"9223372036854775808\""
    ),
    ("0..<1", "1", "expected a number from 0 to below 1, not \"1\""),
    ("0..<1", "nan", "expected a number from 0 to below 1, not \"nan\""),
    ("0..<1", "-0.1", "expected a number from 0 to below 1, not \"-0.1\""),
    ("0..<1", "0,5", "expected a number from 0 to below 1, not \"0,5\""),
    ("0..<1", "0x0p0", "expected a number from 0 to below 1, not \"0x0p0\""),
    ("positive", "0x10", "expected a number above 0, not \"0x10\""),
    ("positive", "0", "expected a number above 0, not \"0\""),
    ("positive", "inf", "expected a number above 0, not \"inf\""),
    ("positive", "1e999", "expected a number above 0, not \"1e999\""), ("flag", "ja", "expected yes or no, not \"ja\""),
    ("seed", "-1", "expected a whole number, 0 or more, not \"-1\""),
    ("word", "c", "no letter is called \"c\"; there are: aa, bb"),
    ("word", "ab", "no letter is called \"ab\"; did you mean aa?"), ("text", "", "expected a name, not \"\""),
  ]

  @Test("a wrong word is told with what was expected and received, at its place", arguments: wrong)
  func refuses(kind: String, typed: String, says: String) {
    let misread = #expect(throws: Misread.self) {
      switch kind {
      case "1...10": _ = try read(.integer(1...10), typed)
      case "1...": _ = try read(ArgumentType.integer(1...), typed)
      case "0..<1": _ = try read(.number(0..<1), typed)
      case "positive": _ = try read(.positive, typed)
      case "flag": _ = try read(.flag, typed)
      case "seed": _ = try read(.seed, typed)
      case "text": _ = try read(.text("a name"), typed)
      default: _ = try read(.word(of: [Choice("aa"), Choice("bb")], called: "letter"), typed)
      }
    }
    #expect(misread?.message == says)
    #expect(misread?.span.start == 3)
  }

  @Test(
    "a number is written so that it reads back to the bit",
    arguments: [
      0, -0.0, 1, -1, 0.1, 1 / 3, 1e-7, 1e38, 1e-45, .pi, 123_456_789_012, 1e15, 1e16,
      Double(Float.greatestFiniteMagnitude),
    ])
  func numbersReadBack(value: Double) throws {
    let kind = ArgumentType<Double>.number
    #expect(try read(kind, kind.text(of: value)) == value)
  }

  @Test func `a number that single precision would make 0 or infinite is refused`() {
    for typed in ["1e-50", "-1e-300", "5e-324", "1e39", "-1e300"] {
      let misread = #expect(throws: Misread.self) { try read(ArgumentType<Double>.number, typed) }
      #expect(misread?.message.contains("for single precision") == true, "\(typed)")
    }
  }

  @Test(
    "any text is written as one word that reads back",
    arguments: [
      "plain", "a b", "", "a=b", "#x", ">x", "a\\b", "it's", "say \"hi\"", "it's \"both\"", "\"", "'", "'\"'\"",
      "tab\t", "計 算", "a\\", "“said”", "‘a", "soft\u{AD}hyphen", "\u{200B}", "a\u{200D}b",
      "a,b",
    ])
  func textsReadBack(text: String) throws {
    let words = try Words("x \(ArgumentType<String>.quote(text)) y")
    #expect(words.all.map(\.text) == ["x", text, "y"])
    #expect(words.redirect == nil)
    let arguments = try Arguments(head: words.all[0], words: words.all[1...], end: words.end)
    #expect(arguments.positional.map(\.text) == [text, "y"])
  }

  @Test(
    "nothing is a bare none and the default; the word none as a text stands in quotes",
    arguments: [nil, "none", "auto", "\"none\"", "None", "no ne"] as [String?])
  func optionalTextsReadBack(text: String?) throws {
    let parameter = Parameter.named("label", ArgumentType.text("a text").optional, default: nil, "a label")
    let form = Form<String?>(
      "mark", "Marks.", parameter, examples: [], make: { $0 }, settings: { $0 })
    let line = try #require(form.line(text))
    #expect((line == "mark") == (text == nil))
    let words = try Words(line)
    #expect(try form.read(Arguments(head: words.all[0], words: words.all[1...], end: words.end)) == text)
    let kind = ArgumentType.text("a text").optional
    #expect(try read(kind, "none") == .some(nil))
  }

  @Test(arguments: [["a,b"], ["a", "b"], ["a,b", "c", "d e"], ["，"], ["say \"a,b\"", "it's,"], ["a,", ",b"]])
  func `names with commas stand in a list, each in quotes`(names: [String]) throws {
    let kind = ArgumentType.text("a name").list(of: { $0 })
    let words = try Words("x names=\(kind.text(of: names))")
    let arguments = try Arguments(head: words.all[0], words: words.all[1...], end: words.end)
    #expect(try kind.read(#require(arguments.named.first).value) == names)
  }

  @Test(arguments: [
    ("a,b", ["a", "b"]), ("\"a,b\"", ["a,b"]), ("a,'b,c',d", ["a", "b,c", "d"]), ("a，b", ["a", "b"]),
    ("\"a\",\"b\"", ["a", "b"]), ("a\",\"b", ["a,b"]), ("“a,b”", ["a,b"]),
  ])
  func `only commas outside quotes cut a list`(typed: String, names: [String]) throws {
    let word = try #require(try Words(typed).all.first)
    #expect(try ArgumentType.text("a name").list(of: { $0 }).read(word) == names)
  }

  @Test func `what holds no commas may be quoted as a whole list`() throws {
    let word = try #require(try Words("\"1,2\",3").all.first)
    #expect(try ArgumentType<Int>.integer(1...).list(of: { "\($0)" }).read(word) == [1, 2, 3])
  }

  @Test func `where none is a choice, nothing is auto`() throws {
    let kind = ArgumentType<String>.word(of: [Choice("none"), Choice("all")], called: "part").optional
    #expect(try read(kind, "none") == "none" && read(kind, "auto") == .some(nil))
    #expect(kind.text(of: nil) == "auto" && kind.text(of: "none") == "none")
  }

  @Test(
    "yes and no have their other names", arguments: [("yes", true), ("true", true), ("No", false), ("FALSE", false)])
  func flags(text: String, value: Bool) throws { #expect(try read(.flag, text) == value) }

  @Test func `a number that is too large is told the largest`() {
    func message<Value>(_ type: ArgumentType<Value>, _ text: String) -> String? {
      #expect(throws: Misread.self) { try type.value(of: Word(text, at: Span(start: 0, length: 1))) }?.message
    }
    #expect(
      message(ArgumentType<Int>.integer(1...), "99999999999999999999")
        == "expected a whole number, 1 or more, and at most 9223372036854775807, not \"99999999999999999999\"")
    #expect(
      message(ArgumentType<UInt64>.seed, "18446744073709551616")
        == "expected a whole number, 0 or more, and at most 18446744073709551615, not \"18446744073709551616\"")
    #expect(message(ArgumentType<UInt64>.seed, "-1") == "expected a whole number, 0 or more, not \"-1\"")
  }
}
