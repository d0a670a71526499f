import Engine
import Grammar

/// How the program works and looks; no choice here changes a number.
public struct Settings: Equatable, Sendable {
  /// When to use colours.
  public enum Colour: String, CaseIterable, Sendable {
    case auto, yes, no
  }

  /// How pictures are drawn.
  public enum Drawing: String, CaseIterable, Sendable {
    case auto, blocks, ascii
  }

  /// Threads that work at once; nil for one a processor.
  public var threads: Int?
  public var colour = Colour.auto
  public var pictures = Drawing.auto

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

  static let catalogue = Catalogue<Setting>(
    "setting",
    [
      Form(
        "threads", "How many threads work at once; results do not depend on it.",
        Parameter("count", threadCount, "a number, or auto for one a processor"),
        examples: ["set threads 2"], make: { .threads($0) },
        settings: { if case .threads(let count) = $0 { count } else { nil } }),
      Form(
        "colour", "When to use colours.", Parameter("when", .choice("choice of colour"), "auto asks the terminal"),
        examples: ["set colour no"], make: { .colour($0) },
        settings: { if case .colour(let when) = $0 { when } else { .auto } }),
      Form(
        "pictures", "How pictures are drawn.", Parameter("how", .choice("drawing"), "auto asks the terminal"),
        examples: ["set pictures ascii"], make: { .pictures($0) },
        settings: { if case .pictures(let how) = $0 { how } else { .auto } }),
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
