import Workbench

/// What the environment says about the terminal, before anybody asks it.
struct Capabilities: Equatable, Sendable {
  /// Whether it shows lines of characters and nothing else: no colours, and no cursor that moves.
  let isDumb: Bool
  /// Whether the person wants no colours (no-color.org).
  let refusesColour: Bool
  /// Whether colours are shown as they are mixed, and not as the nearest of 256.
  let hasTrueColour: Bool
  /// Whether another program, tmux or screen, stands between this one and the terminal.
  let isMultiplexed: Bool
  /// Whether iTerm2's pictures are known, which no answer tells.
  let knowsITerm: Bool
  /// The background's place in the palette, the last number of `COLORFGBG`; nil where that is not set.
  let background: Int?

  /// Terminals of which `TERM` says that they can do nothing; without the variable there may be none.
  private static let dumb: Set<String> = ["", "dumb", "emacs", "unknown"]

  init(_ environment: [String: String]) {
    let (term, program) = (environment["TERM"] ?? "", environment["TERM_PROGRAM"] ?? "")
    isDumb = Capabilities.dumb.contains(term)
    refusesColour = !(environment["NO_COLOR"] ?? "").isEmpty
    hasTrueColour = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || term.hasSuffix("-direct")
    isMultiplexed = environment["TMUX"] != nil || term.hasPrefix("screen") || term.hasPrefix("tmux")
    knowsITerm = program == "iTerm.app" || program == "WezTerm" || environment["LC_TERMINAL"] == "iTerm2"
    background = environment["COLORFGBG"]?.split(separator: ";").last.flatMap { Int($0) }
  }

  /// Whether a stream is written to in colour.
  /// - Parameter isTerminal: whether the stream is one.
  func hasColour(_ choice: Settings.Colour, isTerminal: Bool) -> Bool {
    switch choice {
    case .yes: true
    case .no: false
    case .auto: isTerminal && !isDumb && !refusesColour
    }
  }
}
