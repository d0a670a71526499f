import Testing

@testable import Datasets

@Suite("Blanks around fields")
struct CSVBlanksTests {
  private func trimmed(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBufferPointer { Array($0.trimmed) } }

  @Test(arguments: [" ", "\t", "\n", "\u{85}", "\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}", " \u{A0} "])
  func `they are none of a number or a word, whichever they are`(blank: String) {
    #expect(CSVNumber.read("\(blank)-1.5\(blank)", decimal: UInt8(ascii: ".")) == -1.5)
    #expect(trimmed(Array("\(blank)a\(blank)b\(blank)".utf8)) == Array("a\(blank)b".utf8))
    #expect(trimmed(Array(blank.utf8)) == [])
  }

  @Test func `the no-break blank of Windows is one, and the end of another letter is not`() {
    #expect(trimmed([0xA0, 0x35, 0xA0]) == [0x35] && trimmed([0xA0]) == [])
    for letter in ["à", "あ", "\u{200B}"] { #expect(trimmed(Array(letter.utf8)) == Array(letter.utf8)) }
  }
}
