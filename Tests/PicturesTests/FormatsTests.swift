import Foundation
import Testing

@testable import Pictures

@Suite("Pictures as files")
struct FormatsTests {
  @Test("CSV quotes what RFC 4180 wants quoted, and nothing else", arguments: [
    ("plain", "plain"), ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("\"", "\"\"\"\""),
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
    #expect(Page([Paragraph("text")]).markdown == "```\ntext\n```\n")
  }

  @Test("HTML escapes every text, runs no script and loads nothing")
  func html() {
    let evil = "<script>alert(\"1\")</script>&\u{1b}"
    let table = Table([.init(evil)], rows: [[Line(evil)]])
    let page = Page([table, Paragraph(Line(evil))]).html
    #expect(!page.contains("<script"))
    #expect(page.components(separatedBy: "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;").count == 4)
    #expect(page.contains("default-src 'none'"))
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
  }

  @Test("a page takes the first table as CSV, and has none without one")
  func csv() {
    let (one, two) = (Table([.init("a")], rows: []), Table([.init("b")], rows: []))
    #expect(Page([Paragraph("x"), one, two]).csv == "a\r\n")
    #expect(Page([Paragraph("x")]).csv == nil)
    #expect(Page([Paragraph("x"), one]).text == "x\na\n─\n")
  }
}
