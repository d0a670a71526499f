import Testing

@testable import Pictures

@Suite("Names and what they mean")
struct GlossaryTests {
  private let glossary = Glossary(
    ("name", "means"), [.init("a", "one two three four five six seven"), .init("long name", "short")])

  @Test("sentences are wrapped in a column of their own")
  func wrapped() {
    let lines = glossary.lines(on: Canvas(width: 32, hasColour: false, wraps: true)).map(\.text)
    #expect(lines == ["a          one two three four", "           five six seven", "long name  short"])
    for line in lines { #expect(line.columns <= 32) }
  }

  @Test("in files they are not wrapped, and make a table")
  func files() {
    #expect(glossary.lines(on: Canvas(width: 20, hasColour: false)).count == 2)
    #expect(glossary.table?.csv.contains("a,one two three four five six seven\r\n") == true)
  }
}
