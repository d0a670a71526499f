import Engine
import Grammar
import Pictures

/// How the program works and looks; no choice here changes a number.
public struct Settings: Equatable, Sendable {
  /// When to use colours.
  public enum Colour: String, CaseIterable, Sendable {
    case auto, yes, no
  }

  /// How pictures are drawn.
  public enum Drawing: String, CaseIterable, Sendable {
    case auto, kitty, sixel, iterm, blocks, ascii, none

    /// One sentence for help.
    fileprivate var help: String {
      switch self {
      case .auto: "asks the terminal"
      case .kitty: "pixels, by kitty's protocol"
      case .sixel: "pixels, as sixels"
      case .iterm: "pixels, by iTerm2's protocol"
      case .blocks: "cells in two colours each"
      case .ascii: "characters without colours"
      case .none: "words and numbers only"
      }
    }
  }

  /// Which colours pictures are drawn in.
  public enum Background: String, CaseIterable, Sendable {
    case auto, light, dark

    /// The theme that was asked for; nil when the terminal decides.
    public var theme: Theme? { Theme(rawValue: rawValue) }

    /// The theme of files: of paper, unless another was asked for.
    var onPaper: Theme { theme ?? .light }
  }

  /// Threads that work at once; nil for one a processor.
  public var threads: Int?
  public var colour = Colour.auto
  public var pictures = Drawing.auto
  public var theme = Background.auto

  public init() {}

  /// What to tell somebody who asks for more threads than there are processors; nil for others.
  public var threadsNote: String? {
    guard let threads, threads > Threads.processors else { return nil }
    let processors = Threads.processors == 1 ? "1 processor" : "\(Threads.processors) processors"
    return "\(threads) threads on \(processors) will wait for each other; set threads auto takes as many as fit"
  }
}

/// One choice that `set` makes.
public enum Setting: Sendable {
  case threads(Int?)
  case colour(Settings.Colour)
  case pictures(Settings.Drawing)
  case theme(Settings.Background)

  static let catalogue = Catalogue<Setting>(
    "setting",
    [
      Form<Int?>(
        "threads", "How many threads work at once; results do not depend on it.",
        Parameter("count", threadCount, "a number, or auto for one a processor"),
        examples: ["set threads 2"], make: { $0 }, settings: { $0 }
      ).lifted({ .threads($0) }, { if case .threads(let count) = $0 { .some(count) } else { nil } }),
      Form<Settings.Colour>(
        "colour", "When to use colours.", Parameter("when", .choice("choice of colour"), "auto asks the terminal"),
        examples: ["set colour no"], make: { $0 }, settings: { $0 }
      ).lifted({ .colour($0) }, { if case .colour(let when) = $0 { when } else { nil } }),
      Form<Settings.Drawing>(
        "pictures", "How pictures are drawn in the terminal.",
        Parameter("how", .choice("drawing", help: { $0.help }), "auto asks the terminal"),
        examples: ["set pictures blocks"], make: { $0 }, settings: { $0 }
      ).lifted({ .pictures($0) }, { if case .pictures(let how) = $0 { how } else { nil } }),
      Form<Settings.Background>(
        "theme", "Whether pictures have dark ink on light paper or light ink on dark.",
        Parameter("which", .choice("theme"), "auto asks the terminal; files are light then"),
        examples: ["set theme dark"], make: { $0 }, settings: { $0 }
      ).lifted({ .theme($0) }, { if case .theme(let which) = $0 { which } else { nil } }),
    ])

  private static let threadCount = Kind<Int?>(
    expected: "a whole number from 1 to 1024, or auto", choices: [Choice("auto", help: "one a processor")],
    read: { (word) throws(Misread) -> Int? in
      if word.text == "auto" { return nil }
      guard let count = Int(word.text), (1...1024).contains(count) else {
        throw Misread("expected a whole number from 1 to 1024, or auto, not \"\(word.text)\"", at: word.span)
      }
      return count
    },
    write: { $0.map(String.init) ?? "auto" })
}
