import Testing

@Suite("Colours on a terminal")
struct ColourTests {
  private static let line = "set threads 1; load digits train=20 test=10; data"

  @Test("a terminal gets colours", arguments: [[:], ["NO_COLOR": ""]])
  func coloured(environment: [String: String]) throws {
    let terminal = try Terminal("-c", ColourTests.line, environment: environment)
    #expect(terminal.end() == 0)
    #expect(terminal.raw.contains("\u{1b}[1m"))
  }

  @Test("NO_COLOR and TERM=dumb leave them out", arguments: [
    ["NO_COLOR": "1"], ["TERM": "dumb"], ["TERM": ""], ["TERM": "emacs"],
  ])
  func plain(environment: [String: String]) throws {
    let terminal = try Terminal("-c", ColourTests.line, environment: environment)
    #expect(terminal.end() == 0)
    #expect(terminal.raw.contains("digits"))
    #expect(!terminal.raw.contains("\u{1b}"))
  }

  @Test("--no-color leaves them out")
  func option() throws {
    let terminal = try Terminal("--no-color", "-c", ColourTests.line)
    #expect(terminal.end() == 0)
    #expect(!terminal.raw.contains("\u{1b}"))
  }

  @Test("a terminal that can do nothing gets a line an epoch", arguments: ["dumb", ""])
  func epochs(name: String) throws {
    let terminal = try Terminal(
      "-c", "load digits train=600 test=100; add dense 10 softmax; compile sgd; fit 2", environment: ["TERM": name])
    #expect(terminal.end() == 0)
    #expect(!terminal.raw.contains("\u{1b}") && !terminal.raw.contains("━"))
    #expect(terminal.text.contains(#/epoch 1/2  [\d.]+ m?s  loss/#))
  }
}
