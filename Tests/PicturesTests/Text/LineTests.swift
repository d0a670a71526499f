import Testing

@testable import Pictures

@Suite("Lines of styled text")
struct LineTests {
  /// C0, delete, C1, marks and overrides of direction, line and paragraph separators.
  static let steering = [0x00...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x61C...0x61C]
    .flatMap { Array($0) }.compactMap { Unicode.Scalar(UInt32($0)) }

  @Test("no character that steers a terminal or turns the text goes through", arguments: steering)
  func controls(scalar: Unicode.Scalar) {
    let shown = "a\\u{\(String(scalar.value, radix: 16))}b"
    let text = "a\(Character(scalar))b"
    #expect(Line(text).text == shown)
    #expect(Line("\(text)").text == shown)
    #expect((Line("x") + Line(text, .bold)).text == "x" + shown)
    var line = Line()
    line.append(text)
    #expect(line.text == shown)
    #expect(line.columns == shown.count)
  }

  @Test(
    "a sequence of the terminal is written out",
    arguments: [
      ("\u{1b}[2J", "\\u{1b}[2J"), ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"), ("a\r\nb", "a\\u{d}\\u{a}b"),
      ("\t", "\\u{9}"),
    ])
  func sequences(text: String, shown: String) { #expect(Line(text).text == shown) }

  @Test("everything else stays", arguments: ["plain", "é", "e\u{301}", "計算", "👩‍👩‍👧", "🇯🇵", "→×█", "\u{A0}", "שלום"])
  func stays(text: String) { #expect(Line(text).text == text) }

  @Test("texts keep their styles, and blanks fill up to a width")
  func padded() {
    let line = Line("ab", .bold) + Line("計")
    #expect(line.columns == 4)
    #expect(line.padded(to: 6).text == "ab計  ")
    #expect(line.padded(to: 6, right: true).text == "  ab計")
    #expect(line.padded(to: 2).text == "ab計")
    #expect(line.runs.map(\.style) == [.bold, .plain])
    #expect(Line("").runs.isEmpty)
  }

  @Test("a long line is wrapped between words, and nothing is lost", arguments: [8, 10, 20, 40, 100])
  func wrapped(width: Int) {
    let line = Line("one two three ", .bold) + Line("four five six seven eight nine 計算 ten")
    let lines = line.wrapped(to: width)
    #expect(lines.allSatisfy { $0.text.trimmed.columns <= width }, "\(lines.map(\.text))")
    #expect(
      lines.map { $0.text.trimmed }.joined(separator: " ").split(separator: " ") == line.text.split(separator: " "))
    #expect(lines.dropFirst().allSatisfy { $0.text.hasPrefix("  ") })
  }
}

extension LineTests {
  @Test func `a word of several styles is not broken where the style changes`() {
    let line =
      Line("taken for ") + Line("class", .bold) + Line(", ending in ") + Line("a", .dim) + Line("b", .bold) + Line("c")
    for width in 7...30 {
      for piece in line.wrapped(to: width) {
        #expect(!piece.text.hasPrefix(",") && !piece.text.hasPrefix("  ,") && !piece.text.hasSuffix("a"))
      }
    }
  }
}

extension String {
  /// Without blanks at the end, which may hang over an edge.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
