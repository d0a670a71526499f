import Testing

@testable import Grammar

@Suite("Catalogues")
struct CatalogueTests {
  @Test("a name is found as it is written, and not otherwise")
  func finds() throws {
    #expect(Paint.catalogue["red"]?.name == "red")
    #expect(Paint.catalogue["Red"] == nil)
    #expect(Paint.catalogue.choices.map(\.word) == ["plain", "red"])
  }

  @Test("a value is written by the form that it belongs to")
  func writes() {
    #expect(Paint.catalogue.line(Paint()) == "plain")
    #expect(Paint.catalogue.line(Paint(name: "red", strength: 0.25)) == "red strength=0.25")
    #expect(Paint.catalogue.line(Paint(name: "blue", strength: 1)) == nil)
  }

  @Test func `who types no name is told how names of files end`() {
    let files = Form<Paint>(
      "FILE", "A file.", Parameter("file", .text("a file"), "the file"), endings: [".rgb", ".hsv", "/"], examples: [],
      make: { Paint(name: $0) }, settings: { $0.name })
    let catalogue = Catalogue<Paint>("colour", Paint.catalogue.forms + [files])
    func says(_ name: String) -> String? {
      #expect(throws: Misread.self) { try catalogue.form(Word(name, at: Span(start: 0, length: 1))) }?.message
    }
    let endings = "a file is known by its ending, one of .rgb .hsv, and a folder by the / in it, as in"
    #expect(says("xyz") == "no colour is called \"xyz\"; there are: plain, red; \(endings) ./xyz")
    #expect(says("red.txt") == "no colour is called \"red.txt\"; did you mean red?; \(endings) ./red.txt")
    #expect(says("rde") == "no colour is called \"rde\"; did you mean red?")
  }

  @Test("what is expected is said with the right article")
  func articles() {
    #expect(Paint.catalogue.names.expected == "a colour: plain, red")
    #expect("optimizer".article == "an")
    #expect("data set".article == "a")
  }
}
