import CEditline
import Glibc
import Pictures
import Workbench

/// Reads lines from a terminal with libedit.
///
/// Not to be shared between threads. Ctrl-C is a key here, not a signal, so that it drops the line in every mode.
final class LineEditor: LineReader {
  /// What changes from key to key.
  struct State {
    /// What is drawn besides the line.
    var overlay = Overlay()
    /// The walk through the history with the arrow keys.
    var recall: Recall?
    /// What a paste brought, until it is taken into the line.
    var paste: String?
    /// A character that comes behind the one that was read.
    var next: Unicode.Scalar?
    /// Whether Ctrl-V was pressed: the next character stands for itself.
    var isQuoting = false
    var isDropped = false
  }

  let editor: OpaquePointer
  let keyboard: Keyboard
  let screen: Screen
  let history: History
  var complete: (String) -> Completion = { Completion(of: $0, in: Session(seed: Seed(0, isDrawn: true))) }
  var offer: String?
  var pasted = Pasted()
  var state = State()
  private(set) var settings = Settings()
  private let keys: KeyBindings
  private let past: OpaquePointer
  private var event = HistEvent()
  private let prompt = PromptText()
  /// The prompt as it is shown.
  private(set) var promptLine = Line()

  /// nil when libedit cannot be started on this terminal.
  init?(screen: Screen, history: History, keyboard: Keyboard) {
    LineEditor.chooseLocale()
    // libedit knows no other name for a terminal that can do nothing, and would say so.
    if screen.capabilities.isDumb { setenv("TERM", "dumb", 1) }
    keyboard.takeIn()
    guard let editor = editline_open("sumi"), let past = history_init() else { return nil }
    (self.editor, self.past, self.screen, self.history) = (editor, past, screen, history)
    self.keyboard = keyboard
    keys = KeyBindings(editor)
    TerminalModes.keep()
    keyboard.takeInAfterLines()
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
    // Otherwise libedit throws away what is typed for the shell already.
    _ = editline_set_int(editor, EL_EDITMODE, 0)
    el_end(editor)
    history_end(past)
  }

  func read(_ line: Line, _ settings: Settings) -> Entry {
    show(prompt: line, settings)
    if let text = pasted.lines.popFirst() {
      screen.echo(line, text)
      return .line(text)
    }
    if !pasted.draft.isEmpty {
      el_push(editor, pasted.draft)
      pasted.draft = ""
    }
    state = State(next: state.next)
    for line in history.refresh() { _ = editline_history_enter(past, &event, line) }
    prepare(true)
    var count: Int32 = 0
    let read = el_gets(editor, &count)
    prepare(false)
    if keyboard.isGone || Interrupt.isEnding { return .gone }
    if state.isDropped { return .dropped }
    guard let read, count > 0 else { return .end }
    let text = String(cString: read)
    return .line(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  func remember(_ line: String) {
    guard history.add(line) else { return }
    _ = editline_history_enter(past, &event, line)
  }

  /// Raw mode and bracketed paste, before the prompt is written: a fast Ctrl-C must not fall into the gap.
  func prepare(_ isOn: Bool) {
    if isOn { _ = editline_set_int(editor, EL_PREP_TERM, 1) }
    if canDraw { screen.draw(LineEditor.bracketedPaste(isOn)) }
    if !isOn { _ = editline_set_int(editor, EL_PREP_TERM, 0) }
    TerminalModes.keep()
    keyboard.takeInAfterLines()
  }

  /// Has the terminal mark what is pasted, or not.
  static func bracketedPaste(_ isOn: Bool) -> String { "\u{1b}[?2004\(isOn ? "h" : "l")" }

  /// Ends the line as it stands, with ^C behind it.
  func drop() -> UInt8 {
    state.isDropped = true
    pasted = Pasted()
    moveToEnd()
    insert("^C")
    el_push(editor, String(Key.submit.code))
    return UInt8(CC_REFRESH)
  }

  /// Whether more than lines can be drawn.
  lazy var canDraw = screen.canDraw && editline_can_move_up(editor) != 0
  var canSuggest: Bool { canDraw }

  /// Cells of the prompt.
  var promptColumns: Int { prompt.columns }

  /// Puts another prompt in front of the line, from the next drawing on.
  func show(prompt line: Line, _ settings: Settings) {
    if settings.keys != self.settings.keys { keys.bind(settings.keys) }
    (self.settings, promptLine) = (settings, line)
    prompt.set(line) { screen.paint("\n", $0) }
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
