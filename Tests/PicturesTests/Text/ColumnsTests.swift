import Glibc
import Testing

@testable import Pictures

@Suite("Cells that a text takes")
struct ColumnsTests {
  @Test(
    "wide characters take two, marks none",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("計算", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("🦉", 2), ("👩‍👩‍👧", 2),
      ("🇯🇵", 2),
      ("\u{301}", 0), ("→×█·━", 5), ("▀", 1), ("ש", 1), ("\u{200B}", 0),
    ])
  func columns(text: String, cells: Int) { #expect(text.columns == cells) }

  @Test func `every character takes as many cells as the C library says, which libedit draws by`() throws {
    setlocale(LC_CTYPE, "C.UTF-8")
    let measure = try #require(dlsym(nil, "wcwidth"))
    let width = unsafeBitCast(measure, to: (@convention(c) (wchar_t) -> Int32).self)
    var wrong: [String] = []
    for value in UInt32(0xA0)...0x10FFFF {
      // Controls are written out before they are measured; what is not assigned differs with the version of Unicode.
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else { continue }
      // A mark that takes no cell up to Unicode 15, and one since 16.
      if value == 0x1171E { continue }
      let cells = Int(width(wchar_t(bitPattern: value)))
      if cells >= 0, cells != scalar.columns { wrong.append("U+\(String(value, radix: 16)): \(cells)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(50))")
  }
}
