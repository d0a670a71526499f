import Engine
import Grammar
import TestSupport
import Testing

@testable import Datasets

/// A folder in which tables are written, and loaded as `load FILE.csv WORDS` does.
struct OwnTable {
  let folder: Folder

  init() throws { folder = try Folder() }

  private static let form = Form<any Source>(
    "load", "Loads.", .nested(DataSources.catalogue, "what"), examples: [], make: { $0 }, settings: { $0 })

  /// Loads a text, tested by another one if there is one.
  func load(_ text: String, _ words: String, test: String? = nil) throws -> Dataset {
    let path = try folder.write(text, to: "a.csv")
    var context = LoadContext(environment: [:], threads: Threads(count: 1))
    context.seed = 1
    if let test { context.testFile = try folder.write(test, to: "t.csv") }
    let line = try Words("\(path) \(words)")
    let source = try OwnTable.form.read(Arguments(head: line.all[0], words: line.all[...], end: line.end))
    return try source.load(context)
  }

  /// What is said of a text that is refused, its path as FILE.
  func refusal(_ text: String, _ words: String, test: String? = nil) -> Refusal? {
    let refusal = #expect(throws: Refusal.self) { try load(text, words, test: test) }
    return refusal.map {
      Refusal(plain($0.message), hint: $0.hint.map(plain))
    }
  }

  /// The notes on a text, its path as FILE.
  func notes(_ text: String, _ words: String, test: String? = nil) throws -> [String] {
    try load(text, words, test: test).notes.map(plain)
  }

  private func plain(_ text: String) -> String {
    text.replacing(folder["a.csv"], with: "FILE").replacing(folder["t.csv"], with: "TEST")
  }
}
