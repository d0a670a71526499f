import Testing

@testable import Grammar

@Suite("Forms: one declaration for reading, writing and help")
struct FormTests {
  /// A thing with one parameter of every sort.
  struct Box: Equatable, Sendable {
    var width: Int
    var label: String
    var isOpen: Bool
    var rate: Double
    var paint: Paint

    static let form = Form<Box>(
      "box", "A box.", Parameter("width", .integer(1...100), "how wide"),
      Parameter("label", .text("a text"), default: "none", "what it says"),
      .named("open", .flag, default: false, "whether it is open"),
      .named("learning_rate", .number(0...), default: 0.5, alias: "lr", "how fast"),
      .named("paint", Paint.catalogue.names, default: Paint(), "its colour"), examples: ["box 3"],
      make: { Box(width: $0, label: $1, isOpen: $2, rate: $3, paint: $4) },
      settings: { ($0.width, $0.label, $0.isOpen, $0.rate, $0.paint) })
  }

  private func read(_ line: String) throws -> Box {
    let words = try Words(line)
    return try Box.form.read(Arguments(head: words.all[0], words: words.all[1...], end: words.end))
  }

  static let lines: [(typed: String, box: Box, written: String)] = [
    ("box 3", Box(width: 3, label: "none", isOpen: false, rate: 0.5, paint: Paint()), "box 3"),
    ("box 3 hi", Box(width: 3, label: "hi", isOpen: false, rate: 0.5, paint: Paint()), "box 3 hi"),
    ("box width=3 lr=1", Box(width: 3, label: "none", isOpen: false, rate: 1, paint: Paint()), "box 3 learning_rate=1"),
    (
      "box 3 lr=0.25 open=yes", Box(width: 3, label: "none", isOpen: true, rate: 0.25, paint: Paint()),
      "box 3 open=yes learning_rate=0.25"
    ),
    ("box 3 label=\"a b\"", Box(width: 3, label: "a b", isOpen: false, rate: 0.5, paint: Paint()), "box 3 \"a b\""),
    (
      "box 3 \"open=yes\"", Box(width: 3, label: "open=yes", isOpen: false, rate: 0.5, paint: Paint()),
      "box 3 \"open=yes\""
    ),
    (
      "box 3 paint=red", Box(width: 3, label: "none", isOpen: false, rate: 0.5, paint: Paint(name: "red", strength: 1)),
      "box 3 paint=red"
    ),
    (
      "box 3 paint=\"red strength=0.5\"",
      Box(width: 3, label: "none", isOpen: false, rate: 0.5, paint: Paint(name: "red", strength: 0.5)),
      "box 3 paint=\"red strength=0.5\""
    ),
    (
      "box 3 paint='red s=0.5'",
      Box(width: 3, label: "none", isOpen: false, rate: 0.5, paint: Paint(name: "red", strength: 0.5)),
      "box 3 paint=\"red strength=0.5\""
    ),
  ]

  @Test("words make a value, the value makes words, and those make the same value", arguments: lines)
  func roundTrip(typed: String, box: Box, written: String) throws {
    #expect(try read(typed) == box)
    #expect(Box.form.line(box) == written)
    #expect(try read(written) == box)
  }

  static let mistakes: [(typed: String, says: String, at: String)] = [
    ("box", "a word is missing, width: expected a whole number from 1 to 100", ""),
    ("box x", "width: expected a whole number from 1 to 100, not \"x\"", "x"),
    ("box 3 a b", "box takes no further word, but there is \"b\"", "b"),
    ("box 3 width=4", "width is given twice, as \"3\" and by name", "width"),
    ("box width=3 width=4", "width is given twice", "width"),
    ("box 3 opn=yes", "no parameter of box is called \"opn\"; did you mean open?", "opn"),
    (
      "box 3 xyz=1", "no parameter of box is called \"xyz\"; there are: width, label, open, learning_rate, lr, paint",
      "xyz"
    ),
    ("box open=yes 3", "\"3\" must stand before open=: first plain words, then key=value", "3"),
    ("box 3 open=maybe", "open: expected yes or no, not \"maybe\"", "maybe"),
    ("box 3 paint=rad", "no colour is called \"rad\"; did you mean red?", "rad"),
    ("box 3 paint=\"red strength=2\"", "strength: expected a number from 0 to 1, not \"2\"", "\"red strength=2\""),
    ("box 3 paint=\"red dark\"", "red takes no further word, but there is \"dark\"", "\"red dark\""),
    ("box 3 paint=\"plain x=1\"", "plain takes no x=", "\"plain x=1\""),
    ("box 3 paint=\"\"", "no colour is called \"\"; there are: plain, red", "\"\""),
  ]

  @Test("a line that does not fit says what is wrong, and where", arguments: mistakes)
  func refuses(typed: String, says: String, at: String) {
    let misread = #expect(throws: Misread.self) { try read(typed) }
    #expect(misread?.message == says)
    let span = misread?.span ?? Span(start: 0, length: 0)
    #expect(String(Array(typed).dropFirst(span.start).prefix(span.length)) == at)
  }

  @Test("lr and learning_rate are one parameter")
  func alias() {
    let misread = #expect(throws: Misread.self) { try read("box 3 lr=1 learning_rate=2") }
    #expect(misread?.message == "learning_rate is given twice")
  }

  @Test("usage shows what has to be typed, what may be, and the defaults")
  func usage() {
    #expect(Box.form.usage == "box WIDTH [LABEL] [open=no] [lr=0.5] [paint=plain]")
    #expect(Box.form.plain == nil)
    #expect(Paint.catalogue.forms[1].plain == Paint(name: "red", strength: 1))
  }
}
