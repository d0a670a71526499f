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

  @Test("what is expected is said with the right article")
  func articles() {
    #expect(Paint.catalogue.names.expected == "a colour: plain, red")
    #expect("optimizer".article == "an")
    #expect("data set".article == "a")
  }
}
