import Engine
import Pictures

/// How the program works and looks for one person; no choice here changes a number.
public struct Settings: Equatable, Sendable {
  /// When to use colours.
  public enum Colour: String, CaseIterable, Sendable {
    case auto, yes, no
  }

  /// How pictures are drawn.
  public enum Drawing: String, CaseIterable, Sendable {
    case auto, kitty, sixel, iterm, blocks, ascii, none
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
  /// Whether long results are shown page by page at the prompt.
  public var pager = true
  public var keys = Keys.auto
  /// Bytes that undo and the results of cells may hold; nil for a share of the machine's memory.
  public var undo: Int?

  /// The folder that figures are written to for TensorBoard; nil for none.
  public var tensorboard: String?

  public init() {}

  /// What to tell somebody who asks for more threads than there are processors; nil for others.
  public var threadsNote: String? {
    guard let threads, threads > Threads.processors else { return nil }
    let processors = Threads.processors == 1 ? "1 processor" : "\(Threads.processors) processors"
    return "\(threads) threads on \(processors) will wait for each other; set threads auto takes as many as fit"
  }
}
