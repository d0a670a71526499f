import Testing

@testable import Pictures

@Suite("Cells that a text takes")
struct ColumnsTests {
  @Test("wide characters take two, marks none", arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("計算", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("🦉", 2), ("👩‍👩‍👧", 2), ("🇯🇵", 2),
    ("\u{301}", 0), ("→×█·━", 5), ("▀", 1), ("ש", 1), ("\u{200B}", 0),
  ])
  func columns(text: String, cells: Int) { #expect(text.columns == cells) }
}
