import Foundation
import Testing

@testable import Pictures

@Suite("Tables as files")
struct TableFormatsTests {
  @Test(
    "CSV quotes what RFC 4180 wants quoted, and nothing else",
    arguments: [
      ("plain", "plain"), ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("\"", "\"\"\"\""),
      ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""), ("計算", "計算"), ("a;b", "a;b"),
    ])
  func fields(text: String, field: String) {
    #expect(Table([.init(text), .init("x")], rows: []).csv == "\(field),x\r\n")
    #expect(Table([.init("x")], rows: [["y"]], values: [[text]]).csv == "x\r\n\(field)\r\n")
  }

  @Test("CSV has the values where they are not the texts")
  func values() {
    #expect(Table([.init("n")], rows: [["60,000"]], values: [["60000"]]).csv == "n\r\n60000\r\n")
    #expect(Table([.init("n")], rows: [["60,000"]]).csv == "n\r\n\"60,000\"\r\n")
  }

  @Test("Markdown has a rule that leans, and escaped bars")
  func markdown() {
    let table = Table([.init("a|b", leansRight: false), .init("n")], rows: [["x", "1"], ["|", "2"]])
    #expect(table.markdown == "| a\\|b | n |\n|---|--:|\n| x | 1 |\n| \\| | 2 |\n")
  }
}
