import Testing

@testable import sumi

@Suite("What the environment says about the terminal")
struct CapabilitiesTests {
  @Test("a terminal without a name, or with a name for nothing, can do nothing", arguments: [
    ([:], true), (["TERM": ""], true), (["TERM": "dumb"], true), (["TERM": "emacs"], true), (["TERM": "xterm"], false),
    (["TERM": "no-such-terminal"], false), (["TERM": "linux"], false),
  ] as [([String: String], Bool)])
  func dumb(environment: [String: String], isDumb: Bool) {
    #expect(Capabilities(environment).isDumb == isDumb)
    #expect(Capabilities(environment).hasColour(.auto, isTerminal: true) != isDumb)
  }

  @Test("colours by what was asked for, else by the stream and NO_COLOR")
  func colours() {
    let plain = Capabilities(["TERM": "xterm", "NO_COLOR": "1"])
    #expect(!plain.hasColour(.auto, isTerminal: true) && plain.hasColour(.yes, isTerminal: false))
    let usual = Capabilities(["TERM": "xterm", "NO_COLOR": ""])
    #expect(usual.hasColour(.auto, isTerminal: true) && !usual.hasColour(.auto, isTerminal: false))
    #expect(!usual.hasColour(.no, isTerminal: true))
  }
}
