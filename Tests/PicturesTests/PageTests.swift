import Foundation
import FoundationXML
import Testing

@testable import Pictures

@Suite("Pictures on a page")
struct PageTests {
  static let evil = "<script>alert(\"1\")</script>&\u{1b}'"

  @Test("HTML escapes every text, runs no script and loads nothing")
  func html() throws {
    let table = Table([.init(PageTests.evil)], rows: [[Line(PageTests.evil)]])
    let page = Page([table, Paragraph(Line(PageTests.evil))]).html()
    #expect(!page.contains("<script"))
    #expect(page.components(separatedBy: "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;").count == 4)
    #expect(page.contains("default-src 'none'"))
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
  }

  @Test("a bracket with a mark behind it is escaped too")
  func marks() { #expect(Page.escaped("<\u{301}b>\u{301}") == "&lt;\u{301}b&gt;\u{301}") }

  @Test("a picture is an SVG inside the page, its numbers below it")
  func picture() throws {
    let matrix = ConfusionMatrix(labels: ["a", PageTests.evil], counts: [[3, 1], [0, 2]])
    let page = Page([matrix]).html()
    #expect(page.contains("<figure>\n<svg viewBox=") && page.contains("<title>a picture of the numbers below</title>"))
    #expect(page.contains("<details><summary>in numbers</summary>\n<table>"))
    #expect(!page.contains("<script"))
  }

  @Test("a page takes the first table as CSV, and has none without one")
  func csv() {
    let (one, two) = (Table([.init("a")], rows: []), Table([.init("b")], rows: []))
    #expect(Page([Paragraph("x"), one, two]).csv == "a\r\n")
    #expect(Page([Paragraph("x")]).csv == nil)
    #expect(Page([Paragraph("x"), one]).text == "x\na\n─\n")
    #expect(Page([Paragraph("text")]).markdown == "```\ntext\n```\n")
  }

  @Test("a picture with real text is well-formed XML without a script, whatever the labels say", arguments: Samples.all)
  func inline(_ sample: Samples) throws {
    let svg = Page.svg(sample.picture)
    _ = try XMLDocument(data: Data(svg.utf8))
    #expect(!svg.contains("<script") && !svg.contains("nan"))
  }

  @Test("every SVG is well-formed XML without a script, whatever the labels say", arguments: Samples.all)
  func svg(_ sample: Samples) throws {
    let svg = try Page([sample.picture]).file(.svg, theme: .light)
    let document = try XMLDocument(data: Data(svg))
    let root = try #require(document.rootElement())
    #expect(root.name == "svg")
    #expect(root.attributes?.contains { $0.name == "viewBox" } == true)
    #expect(try root.nodes(forXPath: "//*[local-name()='script']").isEmpty)
    #expect(!String(decoding: svg, as: UTF8.self).contains("alert"))
  }

  @Test("a PDF has one page", arguments: Samples.all)
  func pdf(_ sample: Samples) throws {
    let pdf = String(decoding: try Page([sample.picture]).file(.pdf, theme: .light), as: UTF8.self)
    #expect(pdf.hasPrefix("%PDF-1.") && pdf.contains("%%EOF"))
  }
}
