import CEditline
import Glibc
import Grammar
import Pictures
import Workbench

/// The one place that prints: results on standard output, messages and errors on standard error.
final class Screen {
  private let output = Stream(1)
  private let messages = Stream(2)
  private let options: Options
  private let environment: [String: String]
  private let preferences: Preferences
  private let query: TerminalQuery
  private let keyboard: Keyboard
  let capabilities: Capabilities
  /// Whether somebody at the prompt waits for the next result, and reads it page by page where it is long.
  var hasReader = false
  /// Whether the last row is one that was drawn over, with nothing below it.
  private var isRowOpen = false

  init(options: Options, environment: [String: String], preferences: Preferences, keyboard: Keyboard) {
    self.options = options
    self.environment = environment
    self.preferences = preferences
    self.keyboard = keyboard
    capabilities = Capabilities(environment)
    query = TerminalQuery(keyboard, capabilities)
  }

  private var settings: Settings { preferences.settings }

  /// Whether anything could not be printed.
  var hasFailed: Bool { output.hasFailed || messages.hasFailed }

  /// Tells why results could not be printed, where somebody may still read it.
  func complain() { if let complaint = Stream.complaint(output.failure) { messages.write(complaint) } }

  /// From now on what is typed is read here.
  func ownKeys() { query.ownsKeys = true }

  /// Takes in what the terminal still has to say, before the program ends or another has the terminal.
  func awaitAnswer() { query.awaitLate() }

  // MARK: Results

  /// Shows what became of a line.
  private func show(_ outcome: Outcome) {
    if options.json { return output.write(outcome.json.text + "\n") }
    draw(outcome.pictures)
    if let file = outcome.file { say(Line("written to \(file)")) }
    if let diagnostic = outcome.diagnostic, !outcome.wasTold { show([diagnostic] + outcome.further) }
    for note in outcome.notes { say(note) }
  }

  private func draw(_ pictures: [any Picture]) {
    guard !pictures.isEmpty else { return }
    let parts = renderer.render(pictures)
    if let lines = parts.allLines, isPaged, lines.count >= output.height {
      return Pager(lines: { [self] in renderer.render(pictures).allLines ?? lines }, output, keyboard).show()
    }
    for part in parts {
      switch part {
      case .lines(let lines): output.write(lines.map { $0 + "\n" }.joined())
      case .pixels(let bytes): output.write(bytes)
      case .excused(let lines, let reason):
        say(Line(reason))
        output.write(lines.map { $0 + "\n" }.joined())
      }
    }
  }

  /// Whether a long result is shown page by page: not to somebody who has typed ahead.
  private var isPaged: Bool {
    hasReader && settings.pager && output.isTerminal && !capabilities.isDumb && !keyboard.hasMore
  }

  private var renderer: PictureRenderer {
    PictureRenderer(
      settings: settings, capabilities: capabilities, hasColour: hasColour(output), isTerminal: output.isTerminal,
      size: output.size,
      display: { [self] in Display(capabilities, answer: query.answer, size: output.size) })
  }

  // MARK: Messages

  /// Mistakes of one script that are shown at once.
  private static let mistakes = 10

  private func show(_ mistakes: [Diagnostic]) {
    for line in mistakes.prefix(Screen.mistakes).flatMap(\.lines) { write(line) }
    let left = mistakes.count - Screen.mistakes
    if left > 0 { write(Line("and \(counted(left, "more mistake"))")) }
  }

  /// Shows a line of a script before it runs: comments as they are, commands behind a mark.
  private func announce(_ line: String) {
    guard !isQuiet, !line.hasPrefix("#!") else { return }
    let isComment = line.hasPrefix("#")
    let text = isComment ? Line(String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1)), .dim) : Line(line, .bold)
    write((isComment || line.isEmpty ? Line() : Line("> ", .dim)) + text)
  }

  /// Whether only results and errors are shown.
  var isQuiet: Bool { options.quiet || options.json }

  /// Tells something besides the results; `--quiet` and `--json` leave it out.
  func say(_ line: Line) { if !isQuiet { write(line) } }

  /// A line of the messages that nothing leaves out.
  func show(_ line: Line) { write(line) }

  /// A plain line of the results.
  func result(_ text: String) { output.write(text + "\n") }

  /// A plain line of the messages.
  func message(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    messages.write(lines.flatMap(wrapped).map { $0.text + "\n" }.joined())
  }

  /// One line of the messages.
  private func write(_ line: Line) {
    let palette = Palette(hasColour: hasColour(messages))
    for part in wrapped(line) { messages.write(palette.paint(part) + "\n") }
  }

  /// A line of the messages between words, where a terminal is too narrow for it.
  private func wrapped(_ line: Line) -> [Line] { messages.isTerminal ? line.wrapped(to: messages.width) : [line] }

  /// A question to whoever types, with the cursor behind it; whether it is answered with yes.
  func isAffirmed(_ question: String) -> Bool {
    let person = Stream.person
    guard person.isTerminal else { return true }
    person.write(question)
    let isAffirmed = Question.answer(keyboard)
    person.write(isAffirmed ? "yes\n" : "no\n")
    return isAffirmed
  }

  /// Whether a line of the messages can be drawn over.
  var canRedraw: Bool { messages.isTerminal && !capabilities.isDumb }

  /// Columns for the messages.
  var messageColumns: Int { messages.width }

  /// Draws the last line of the messages over, as much of it as fits.
  func redraw(_ text: String) {
    isRowOpen = true
    messages.write("\r" + text.prefix(columns: max(1, messages.width - 1)) + CursorControl.clearRow)
  }

  /// The same for good: the whole of it, wrapped where it has to be, and the last column left free.
  func settle(_ lines: [String]) {
    isRowOpen = false
    let lines = lines.flatMap { Line($0).wrapped(to: max(1, messages.width - 1)).map(\.text) }
    messages.write("\r" + lines.map { $0 + CursorControl.clearRow + "\n" }.joined())
  }

  /// Takes away what was drawn over.
  func clearRow() {
    if isRowOpen { messages.write("\r" + CursorControl.clearRow) }
    isRowOpen = false
  }

  /// Leaves what was drawn over as it stands; what comes next stands below it.
  func leaveRow() {
    if isRowOpen { message("") }
    isRowOpen = false
  }

  // MARK: The line editor

  /// Columns and rows of the terminal.
  var columns: Int { output.width }
  var rows: Int { output.height }

  /// Whether the prompt can be drawn, and is seen, on standard output.
  var canEdit: Bool { output.isTerminal }

  /// Whether the line can be drawn over where it stands.
  var canDraw: Bool { output.isTerminal && !capabilities.isDumb }

  /// Whether the prompt is in colour.
  var hasColour: Bool { hasColour(output) }

  /// Writes to the terminal what the line editor draws.
  func draw(_ text: String) {
    editline_flush()
    output.write(text)
  }

  /// Shows a line that was pasted as if it had been typed.
  func echo(_ prompt: Line, _ line: String) {
    let lines = line.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    output.write(paint(prompt + (lines.first ?? Line())) + "\n" + lines.dropFirst().map { paint($0) + "\n" }.joined())
  }

  /// A line with the sequences of its colours.
  func paint(_ line: Line) -> String { Palette(hasColour: hasColour).paint(line) }

  /// A text with the sequences of a style around it.
  func paint(_ text: String, _ style: Style) -> String { Palette(hasColour: hasColour).paint(text, style) }

  /// Runs what takes the terminal for a while; a refusal is told, and gives nil.
  func outside(_ body: ([String: String]) throws(Refusal) -> String) -> String? {
    do throws(Refusal) { return try lent { () throws(Refusal) in try body(environment) } } catch {
      message("\n\(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
      return nil
    }
  }

  /// Lends the terminal to another program.
  func lent<Value>(_ body: () throws(Refusal) -> Value) throws(Refusal) -> Value {
    awaitAnswer()
    return try TerminalModes.lent(body)
  }

  /// `--no-color` has the last word, then `set colour`, then what the terminal is.
  private func hasColour(_ stream: Stream) -> Bool {
    !options.noColor && capabilities.hasColour(settings.colour, isTerminal: stream.isTerminal)
  }
}

extension Screen: RunObserver {
  func didPass(_ narration: String, _ session: Session) { announce(lines: narration) }

  func willRun(_ statement: Statement, _ session: Session) {
    guard statement.isAnnounced else { return }
    hasReader = false
    announce(lines: statement.line)
  }

  func didRun(_ outcome: Outcome, _ session: Session) { show(outcome) }

  /// A continued line piece by piece.
  private func announce(lines: String) {
    for piece in lines.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) { announce(String(piece)) }
  }
}

extension [PictureRenderer.Rendered] {
  /// The lines of all of them; nil where one is of pixels.
  fileprivate var allLines: [String]? {
    var all: [String] = []
    for part in self {
      guard case .lines(let lines) = part else { return nil }
      all += lines
    }
    return all
  }
}
