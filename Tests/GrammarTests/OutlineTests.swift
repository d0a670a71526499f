import Testing

@testable import Grammar

@Suite("What may stand next in a half-typed line")
struct OutlineTests {
  private static let paint = Form<Paint>(
    "paint", "Paints.", .named("coats", .integer(1...), default: 1, alias: "n", "how many"),
    .nested(Paint.catalogue, "the colour"), examples: [], make: { $1 }, settings: { (1, $0) })
  private static let move = Form<Int>(
    "move", "Moves.", Parameter("right", .integer(0...), "how far"),
    Parameter("down", .integer(0...), default: 0, "how far"),
    examples: [], make: { $0 + $1 }, settings: { ($0, 0) })

  private func expectation<Value>(_ form: Form<Value>, _ words: String) -> Grammar.Expectation? {
    form.outline.expectation(behind: (try? Words(words))?.all[...] ?? [])
  }

  @Test("a required word is awaited before everything else, then the optional one and the keys")
  func order() {
    let first = expectation(OutlineTests.move, "")
    #expect(first?.slot?.name == "right")
    #expect(first?.keys == [])
    let second = expectation(OutlineTests.move, "5")
    #expect(second?.slot?.name == "down")
    #expect(second?.keys.map(\.name) == [])
    #expect(expectation(OutlineTests.move, "5 6")?.slot == nil)
  }

  @Test("behind the name of a nested form come its own keys and those around it")
  func nested() {
    #expect(expectation(OutlineTests.paint, "")?.slot?.choices.map(\.word) == ["plain", "red"])
    #expect(expectation(OutlineTests.paint, "red")?.keys.map(\.name) == ["coats", "strength"])
    #expect(expectation(OutlineTests.paint, "plain")?.keys.map(\.name) == ["coats"])
  }

  @Test("what was given is not offered again, and plain words not behind a key")
  func taken() {
    #expect(expectation(OutlineTests.paint, "red n=2")?.keys.map(\.name) == ["strength"])
    #expect(expectation(OutlineTests.move, "5 down=2")?.slot == nil)
    #expect(expectation(OutlineTests.move, "right=5")?.slot == nil)
    #expect(expectation(OutlineTests.move, "right=5")?.keys.map(\.name) == ["down"])
  }

  @Test("words that cannot stand there lead nowhere", arguments: ["5 6 7", "5 up=1", "right=1 right=2", "right=1 5"])
  func astray(words: String) {
    #expect(expectation(OutlineTests.move, words) == nil)
    #expect(expectation(OutlineTests.paint, "grue") == nil)
  }
}
