import CEditline
import Glibc
import Pictures
import Workbench

/// Reads lines from a terminal with libedit.
///
/// Not to be shared between threads. Ctrl-C is a key here, not a signal, so that it drops the line in every mode.
final class LineEditor {
  /// What a person typed.
  enum Entry: Equatable {
    case line(String)
    /// Ctrl-C: the line is dropped.
    case dropped
    /// Ctrl-D on an empty line.
    case end
    /// The terminal is gone, or the program is asked to end.
    case gone
  }

  let editor: OpaquePointer
  let keyboard = Keyboard()
  let screen: Screen
  let history: History
  /// What may stand at the end of a text.
  var complete: (String) -> Completion = { Completion(of: $0, in: Session(seed: Seed(0, isDrawn: true))) }
  /// The line that is suggested while nothing is typed.
  var offer: String?
  /// What is drawn besides the line.
  var overlay = Overlay()
  /// Lines that were pasted and still have to run.
  var pasted: [String] = []
  /// What was pasted behind them, or brought back, to be edited next.
  var draft = ""
  var recall: Recall?
  private(set) var settings = Settings()
  private let keys: KeyBindings
  private let past: OpaquePointer
  private var event = HistEvent()
  private let prompt = PromptText()
  /// The prompt as it is shown.
  private(set) var promptLine = Line()
  private var isDropped = false

  /// nil when libedit cannot be started on this terminal.
  init?(screen: Screen, history: History) {
    LineEditor.chooseLocale()
    guard let editor = editline_open("sumi"), let past = history_init() else { return nil }
    (self.editor, self.past, self.screen, self.history) = (editor, past, screen, history)
    keys = KeyBindings(editor)
    _ = editline_history_size(past, &event, 10_000)
    _ = editline_history_unique(past, &event)
    _ = editline_set_history(editor, past)
    _ = editline_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = editline_set_reader(editor) { editor, character in
      guard let scalar = LineEditor.of(editor)?.next() else { return 0 }
      character?.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    _ = editline_set_prompt(editor, { LineEditor.of($0)?.prompt.pointer }, PromptText.escape)
    keys.bind(.auto)
    for line in history.lines { _ = editline_history_enter(past, &event, line) }
  }

  deinit {
    el_end(editor)
    history_end(past)
  }

  /// The next line, without its line break.
  func read(_ line: Line, _ settings: Settings) -> Entry {
    show(prompt: line, settings)
    if !pasted.isEmpty {
      let text = pasted.removeFirst()
      screen.echo(line, text, settings)
      return .line(text)
    }
    if !draft.isEmpty {
      el_push(editor, draft)
      draft = ""
    }
    (isDropped, recall) = (false, nil)
    for line in history.refresh() { _ = editline_history_enter(past, &event, line) }
    prepare(true)
    var count: Int32 = 0
    let read = el_gets(editor, &count)
    prepare(false)
    if keyboard.isGone || Interrupt.isEnding { return .gone }
    if isDropped { return .dropped }
    guard let read, count > 0 else { return .end }
    let text = String(cString: read)
    return .line(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  /// Keeps a line for the arrow keys.
  func remember(_ line: String) {
    guard history.add(line) else { return }
    _ = editline_history_enter(past, &event, line)
  }

  /// Raw mode and bracketed paste, before the prompt is written: a fast Ctrl-C must not fall into the gap.
  func prepare(_ isOn: Bool) {
    if isOn { _ = editline_set_int(editor, EL_PREP_TERM, 1) }
    if canDraw { screen.draw("\u{1b}[?2004\(isOn ? "h" : "l")") }
    if !isOn { _ = editline_set_int(editor, EL_PREP_TERM, 0) }
  }

  /// Ends the line as it stands, with ^C behind it.
  func drop() -> UInt8 {
    isDropped = true
    pasted = []
    moveToEnd()
    insert("^C")
    el_push(editor, String(Key.submit.code))
    return UInt8(CC_REFRESH)
  }

  /// Whether more than lines can be drawn.
  lazy var canDraw = screen.canRedraw && editline_can_move_up(editor) != 0

  /// Cells of the prompt.
  var promptColumns: Int { prompt.columns }

  /// Puts another prompt in front of the line, from the next drawing on.
  func show(prompt line: Line, _ settings: Settings) {
    if settings.keys != self.settings.keys { keys.bind(settings.keys) }
    (self.settings, promptLine) = (settings, line)
    prompt.set(line) { screen.painted("\n", $0, settings) }
  }

  static func of(_ editor: OpaquePointer?) -> LineEditor? {
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
