import Testing

@testable import Grammar

@Suite struct PlainTextTests {
  private static let paint = Form<Paint>(
    "paint", "Paints.", .named("coats", .integer((-9)...9), default: 1, alias: "n", "how many"),
    .named("note", .text("a text"), default: "none", "what to say"),
    .nested(Paint.catalogue, "the colour"), examples: [],
    make: { coats, note, paint in
      Paint(name: "\(paint.name) \(coats) \(note)", strength: paint.strength)
    }, settings: { (1, "none", $0) })

  private func read(_ line: String) throws -> Paint {
    let words = try Words(line)
    return try PlainTextTests.paint.read(Arguments(head: words.all[0], words: words.all[1...], end: words.end))
  }

  @Test(arguments: [
    "paint red n=\u{2212}5 s=0.5", "paint\u{A0}red\u{202F}n=–5 s=0.5", "paint ｒｅｄ n=－５ ｓ＝０．５",
    "paint re\u{200B}d n\u{2060}=-5 s=0.5\u{FEFF}", "\u{FEFF}paint red n=‑5 s=\u{AD}0.5", "paint　red n=-5 s=“0.5”",
  ])
  func `typographic characters are taken as their plain twins`(line: String) throws {
    #expect(try read(line) == Paint(name: "red -5 none", strength: 0.5))
  }

  @Test(arguments: [
    ("paint red note=“two words”", "two words"), ("paint red note=‘it–s’", "it–s"), ("paint red note=„so“", "so"),
    ("paint red note=«so \"x\"»", "so \"x\""), ("paint red note=o’clock", "o’clock"), ("paint red note=５x", "５x"),
  ])
  func `typographic quotes quote, and texts stay as they are`(line: String, note: String) throws {
    #expect(try read(line).name == "red 1 \(note)")
  }

  @Test func `a span counts the characters that were typed, those without width too`() throws {
    let misread = #expect(throws: Misread.self) { try read("paint r\u{200B}ed c\u{2060}oats=x") }
    #expect(misread?.span == Span(start: 18, length: 1))
    let open = #expect(throws: Misread.self) { try read("paint red note=“so") }
    #expect(open?.span == Span(start: 15, length: 3))
  }

  @Test func `a name that nobody has is still refused as it was typed`() {
    let misread = #expect(throws: Misread.self) { try read("paint “rad”") }
    #expect(misread?.message == "no colour is called \"rad\"; did you mean red?")
  }

  @Test(arguments: ["paint colour=red coats=2 s=0.5", "paint n=2 colour=red s=0.5", "paint red coats=2 s=0.5"])
  func `what stands first in its place may be given by key`(line: String) throws {
    #expect(try read(line) == Paint(name: "red 2 none", strength: 0.5))
  }

  @Test func `given both ways, a word is refused`() {
    let misread = #expect(throws: Misread.self) { try read("paint red colour=red") }
    #expect(misread?.message == "colour is given twice, as \"red\" and by name")
  }

  @Test func `other people's names are told the name here`() {
    let red = Form<Int>(
      "avgpool2d", "Means.", otherNames: ["AveragePooling2D"], examples: [], make: { 1 }, settings: { _ in () })
    let catalogue = Catalogue<Int>("layer", [red])
    for typed in ["averagepooling2d", "AveragePooling2D", "average_pooling2d", "AveragePoling2D"] {
      let misread = #expect(throws: Misread.self) { try catalogue.form(Word(typed, at: Span(start: 0, length: 1))) }
      #expect(misread?.message == "no layer is called \"\(typed)\"; did you mean avgpool2d?")
    }
  }

  @Test(arguments: [
    "\u{301}", "\\\n\u{301}", "\\\n\u{1F3FD}\u{301}", "\u{1}\u{301}", "\\\n\u{FE0F}\u{20E3}", "\\\n\u{903}",
    "\u{600}\r",
  ])
  func `what hangs on to blanks is no word, so that words that are written again stay as many`(orphan: String) throws {
    let words = try Words("\(orphan)paint red \(orphan) \(orphan)").all.map(\.text)
    let again = try Words(words.map(ArgumentType<String>.quote).joined(separator: " ")).all.map(\.text)
    #expect(again == words)
  }
}
