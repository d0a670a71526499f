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

  /// How much the prompt shows.
  public enum Prompt: String, CaseIterable, Sendable {
    case full, short
  }

  /// Which keys edit the line.
  public enum Keys: String, CaseIterable, Sendable {
    case auto, emacs, vi
  }

  /// Threads that work at once; nil for one a processor.
  public var threads: Int?
  public var colour = Colour.auto
  public var pictures = Drawing.auto
  public var theme = Background.auto
  public var prompt = Prompt.full
  /// Whether newcomers are shown the next step.
  public var hints = true
  public var keys = Keys.auto
  /// Bytes that undo and the results of cells may hold; nil for a share of the machine's memory.
  public var undo: Int?

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
  case prompt(Settings.Prompt)
  case hints(Bool)
  case keys(Settings.Keys)
  case undo(Int?)

  static let catalogue = Catalogue<Setting>(
    "setting",
    [
      choice(
        "threads", "How many threads work at once; results do not depend on it.",
        Parameter("count", threadCount, "a number, or auto for one a processor"), example: "2",
        { .threads($0) }, { if case .threads(let count) = $0 { count } else { nil as Int?? } }),
      choice(
        "colour", "When to use colours.", Parameter("when", .choice("choice of colour"), "auto asks the terminal"),
        example: "no", { .colour($0) }, { if case .colour(let when) = $0 { when } else { nil } }),
      choice(
        "pictures", "How pictures are drawn in the terminal.",
        Parameter("how", .choice("drawing", help: { $0.help }), "auto asks the terminal"), example: "blocks",
         { .pictures($0) }, { if case .pictures(let how) = $0 { how } else { nil } }),
      choice(
        "theme", "Whether pictures have dark ink on light paper or light ink on dark.",
        Parameter("which", .choice("theme"), "auto asks the terminal; files are light then"), example: "dark",
        { .theme($0) }, { if case .theme(let which) = $0 { which } else { nil } }),
      choice(
        "prompt", "What the prompt shows.",
        Parameter("length", .choice("length of the prompt"), "full: what is loaded and learnt too; short: the number"),
        example: "short", { .prompt($0) }, { if case .prompt(let length) = $0 { length } else { nil } }),
      choice(
        "hints", "Whether the next step is shown to newcomers.",
        Parameter("when", .flag, "yes or no"), example: "no",
        { .hints($0) }, { if case .hints(let flag) = $0 { flag } else { nil } }),
      choice(
        "keys", "Which keys edit the line.",
        Parameter("kind", .choice("kind of keys"), "auto: emacs, or what ~/.editrc chooses"), example: "vi",
        { .keys($0) }, { if case .keys(let kind) = $0 { kind } else { nil } }),
      choice(
        "undo", "How much memory undo and the results of earlier commands may hold; the oldest go first.",
        Parameter("size", byteCount, "a size, or auto for a quarter of the memory that is free"), example: "512MB",
        { .undo($0) }, { if case .undo(let bytes) = $0 { bytes } else { nil as Int?? } }),
    ])

  private static func choice<Value>(
    _ name: String, _ help: String, _ parameter: Parameter<Value>, example: String,
    _ make: @escaping @Sendable (Value) -> Setting, _ value: @escaping @Sendable (Setting) -> Value?
  ) -> Form<Setting> {
    Form<Value>(name, help, parameter, examples: ["set \(name) \(example)"], make: { $0 }, settings: { $0 })
      .lifted(make, value)
  }

  private static let byteCount = ArgumentType<Int?>(
    expected: "a size such as 512MB or 4GB, or auto", choices: [Choice("auto", help: "a quarter of what is free")],
    read: { (word) throws(Misread) -> Int? in
      if word.text == "auto" { return nil }
      guard let bytes = ByteSize(word.text)?.bytes else {
        throw Misread("expected a size such as 512MB or 4GB, or auto, not \"\(word.text)\"", at: word.span)
      }
      return bytes
    },
    write: { $0.map { ByteSize(bytes: $0).text } ?? "auto" })

  private static let threadCount = ArgumentType<Int?>(
    expected: "a whole number from 1 to 1024, or auto", choices: [Choice("auto", help: "one a processor")],
    read: { (word) throws(Misread) -> Int? in
      if word.plain == "auto" { return nil }
      guard let count = Int(word.plain), (1...1024).contains(count) else {
        throw Misread("expected a whole number from 1 to 1024, or auto, not \"\(word.text)\"", at: word.span)
      }
      return count
    },
    write: { $0.map(String.init) ?? "auto" })
}
