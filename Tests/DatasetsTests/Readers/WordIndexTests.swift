import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Lists of words with their numbers")
struct WordIndexTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `words are found by their numbers`() throws {
    let text = #"{"the": 1, "d'\u00e9j\u00e0": 52006, "\"":3,"\ud83d\ude00" : 4 }"# + "\n"
    let words = try WordIndex(folder.write(text, to: "w.json")).words
    #expect(words == [1: "the", 52006: "d'éjà", 3: "\"", 4: "😀"])
    #expect(try WordIndex(folder.write("{}", to: "w.json")).words.isEmpty)
  }

  static let bad = [
    "", "[]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1.5}", "{\"a\":\"b\"}", "{\"a\":{}}", "{\"a\":1,}", "{\"a\":1}x",
    "{a:1}",
    "{\"a:1}", "{\"\\x\":1}", "{\"\\ud83d\":1}", "{\"\\u12g4\":1}", "{\"a\":99999999999}", "{\"a\n\":1}",
  ]

  @Test("anything else is refused with its place", arguments: bad) func refused(text: String) throws {
    let path = try folder.write(text, to: "w.json")
    let refusal = #expect(throws: Refusal.self) { try WordIndex(path) }
    let message = refusal?.message ?? ""
    #expect(message.hasPrefix("\(path) is no list of words"), "\(message)")
  }
}
