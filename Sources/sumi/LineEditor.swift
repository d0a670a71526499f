import CEditline
import Glibc

/// Reads lines from a terminal with libedit: editing, and a history for as long as the program runs.
///
/// Not to be shared between threads. Ctrl-C is a key here, not a signal, so that it drops the line in every mode.
final class LineEditor {
  /// What a person typed.
  enum Entry: Equatable {
    case line(String)
    /// Ctrl-C: the line is dropped.
    case dropped
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  /// Lines that the history keeps.
  private static let historyLength: Int32 = 10_000
  /// Stands before and behind parts of the prompt that take no cells.
  private static let escape = "\u{1}"

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private var event = HistEvent()
  private var prompt: UnsafeMutablePointer<CChar>?
  private var isDropped = false

  /// nil when libedit cannot be started on this terminal.
  init?() {
    LineEditor.chooseLocale()
    guard let editor = editline_open("sumi"), let history = history_init() else { return nil }
    self.editor = editor
    self.history = history
    _ = editline_history_size(history, &event, LineEditor.historyLength)
    _ = editline_history_unique(history, &event)
    _ = editline_set_history(editor, history)
    _ = editline_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = editline_set_prompt(
      editor, { LineEditor.of($0)?.prompt }, CChar(bitPattern: LineEditor.escape.utf8.first ?? 1))
    _ = editline_set_text(editor, EL_EDITOR, "emacs")
    el_source(editor, nil)
    bindKeys()
  }

  deinit {
    el_end(editor)
    history_end(history)
    free(prompt)
  }

  /// The next line, without its line break.
  /// - Parameter prompt: plain text; it is shown in bold when `hasColour`.
  func read(prompt text: String, hasColour: Bool) -> Entry {
    free(prompt)
    let mark = LineEditor.escape
    prompt = strdup(hasColour ? "\(mark)\u{1b}[1m\(mark)\(text)\(mark)\u{1b}[0m\(mark) " : text + " ")
    isDropped = false
    // Raw mode before the prompt is written, or a fast Ctrl-C falls into the gap.
    _ = editline_set_int(editor, EL_PREP_TERM, 1)
    var count: Int32 = 0
    let read = el_gets(editor, &count)
    _ = editline_set_int(editor, EL_PREP_TERM, 0)
    if isDropped { return .dropped }
    guard let read, count > 0 else { return .end }
    let line = String(cString: read)
    return .line(line.hasSuffix("\n") ? String(line.dropLast()) : line)
  }

  /// Keeps a line for the arrow keys.
  func remember(_ line: String) { _ = editline_history_enter(history, &event, line) }

  /// A character that no keyboard sends, bound to the end of the line.
  private static let submit = "\u{9e}"

  private func bindKeys() {
    _ = editline_set_terminal(editor, "-d", "-isig")
    _ = editline_add_function(editor, "sumi-drop", "Drops the line.") { editor, _ in
      LineEditor.of(editor)?.drop() ?? UInt8(CC_ERROR)
    }
    _ = editline_bind(editor, "\\236", "ed-newline")
    _ = editline_bind(editor, "^C", "sumi-drop")
    _ = editline_bind(editor, "^R", "em-inc-search-prev")
    _ = editline_bind_command_mode(editor, "\\236", "ed-newline")
    _ = editline_bind_command_mode(editor, "^C", "sumi-drop")
  }

  /// Ends the line as it stands, with ^C behind it.
  private func drop() -> UInt8 {
    isDropped = true
    if let line = el_line(editor)?.pointee {
      let rest = UnsafeBufferPointer(start: line.cursor, count: line.lastchar - line.cursor)
      let bytes = rest.map { UInt8(bitPattern: $0) }
      el_cursor(editor, Int32(String(decoding: bytes, as: UTF8.self).unicodeScalars.count))
    }
    el_insertstr(editor, "^C")
    el_push(editor, LineEditor.submit)
    return UInt8(CC_REFRESH)
  }

  private static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let owner = editline_owner(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  /// libedit cannot draw what the locale cannot encode, and crashes on it: anything but UTF-8 is replaced.
  private static func chooseLocale() {
    setlocale(LC_CTYPE, "")
    let name = nl_langinfo(Int32(CODESET)).map { String(cString: $0) }
    if name != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }
}
