import Grammar
import Testing

@testable import Interchange

@Suite("JSON as Keras writes it")
struct KerasJSONTests {
  private func json(_ text: String) throws -> KerasJSON { try KerasJSON(Array(text.utf8), what: "config") }

  @Test("values come back as they were written")
  func roundTrip() throws {
    let value = KerasJSON.object([
      "a": .list([.integer(1), .number(0.5), .null, .flag(true)]), "b\"\\\n": .text("relu \u{1}é"), "c": .object([:]),
    ])
    #expect(try json(value.encoded) == value)
  }

  @Test(
    "a value has the word that a form reads",
    arguments: [
      ("3", "3"), ("0.5", "0.5"), ("true", "yes"), ("[3, 3]", "3"), ("[3, 5]", "3x5"), ("\"same\"", "same"),
      ("0.009999999776482582", "0.01"), ("0.123456789", "0.123456789"),
    ])
  func words(_ text: String, _ word: String) throws { #expect(try json(text).word == word) }

  @Test("brackets without end, and what is no JSON, are refused")
  func refused() {
    for text in [String(repeating: "[", count: 100_000), "{", "", "[NaN]", String(repeating: "[", count: 101)] {
      #expect(throws: Refusal("config is no JSON that Keras writes")) { try json(text) }
    }
  }
}
