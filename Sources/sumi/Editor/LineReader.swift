import Pictures
import Workbench

/// Reads the lines of the prompt from a person.
protocol LineReader: AnyObject {
  var history: History { get }
  /// Whether a line can be suggested in grey.
  var canSuggest: Bool { get }
  /// What may stand at the end of a text.
  var complete: (String) -> Completion { get set }
  /// The line that is suggested while nothing is typed.
  var offer: String? { get set }
  /// What was pasted and has not run.
  var pasted: Pasted { get set }

  /// The next line, without its line break.
  func read(_ prompt: Line, _ settings: Settings) -> Entry

  /// Keeps a line for the arrow keys.
  func remember(_ line: String)
}

/// What a person typed at the prompt.
enum Entry: Equatable {
  case line(String)
  /// Ctrl-C: the line is dropped.
  case dropped
  /// Ctrl-D on an empty line.
  case end
  /// The terminal is gone, or the program is asked to end.
  case gone
}

/// Lines that were pasted and still have to run, and what stands behind the last line break, to be edited first.
struct Pasted: Equatable {
  var lines: ArraySlice<String> = []
  var draft = ""

  /// All of it, a line each.
  var all: [String] { lines + (draft.isEmpty ? [] : [draft]) }
}
