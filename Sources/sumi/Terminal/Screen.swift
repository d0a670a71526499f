import CEditline
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

  init(options: Options, environment: [String: String], preferences: Preferences) {
    self.options = options
    self.environment = environment
    self.preferences = preferences
  }

  /// Whether anything could not be printed.
  var hasFailed: Bool { output.hasFailed || messages.hasFailed }

  /// Shows what became of a line.
  private func show(_ outcome: Outcome, _ settings: Settings) {
    if options.json { return output.write(outcome.json.text + "\n") }
    draw(outcome.pictures, settings)
    if let file = outcome.file { say(Line("written to \(file)"), settings) }
    if let diagnostic = outcome.diagnostic, !outcome.wasTold { show([diagnostic] + outcome.further, settings) }
    for note in outcome.notes { say(note, settings) }
  }

  /// Mistakes of one script that are shown at once.
  private static let mistakes = 10

  private func show(_ mistakes: [Diagnostic], _ settings: Settings) {
    for line in mistakes.prefix(Screen.mistakes).flatMap(\.lines) { write(line, settings) }
    let left = mistakes.count - Screen.mistakes
    if left > 0 { write(Line("and \(counted(left, "more mistake"))"), settings) }
  }

  /// Shows a line of a script before it runs: comments as they are, commands behind a mark.
  private func announce(_ line: String, _ settings: Settings) {
    guard !options.json, !options.quiet, !line.hasPrefix("#!") else { return }
    let isComment = line.hasPrefix("#")
    let text = isComment ? Line(String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1)), .dim) : Line(line, .bold)
    write((isComment || line.isEmpty ? Line() : Line("> ", .dim)) + text, settings)
  }

  /// Tells something besides the results; `--quiet` and `--json` leave it out.
  func say(_ line: Line, _ settings: Settings) {
    guard !options.quiet, !options.json else { return }
    write(line, settings)
  }

  /// Whether only results and errors are shown.
  var isQuiet: Bool { options.quiet || options.json }

  /// A line of the messages that nothing leaves out.
  func show(_ line: Line, _ settings: Settings) { write(line, settings) }

  /// A plain line of the results.
  func result(_ text: String) { output.write(text + "\n") }

  /// A plain line of the messages.
  func message(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    messages.write(lines.flatMap(wrapped).map { $0.text + "\n" }.joined())
  }

  /// A line of the messages between words, where a terminal is too narrow for it.
  private func wrapped(_ line: Line) -> [Line] { messages.isTerminal ? line.wrapped(to: messages.width) : [line] }

  /// A question, with the cursor behind it.
  func ask(_ text: String) { messages.write(text) }

  /// Whether the prompt may be in colour.
  func hasColour(_ settings: Settings) -> Bool { hasColour(output, settings) }

  /// Whether a line of the messages can be drawn over: a terminal that is not dumb.
  var canRedraw: Bool { messages.isTerminal && environment["TERM"] != "dumb" }

  /// Whether somebody sees the messages at once.
  var hasTerminal: Bool { messages.isTerminal }

  /// Columns for the messages.
  var messageColumns: Int { messages.width }

  /// Draws the last line of the messages over, as much of it as fits.
  func redraw(_ text: String) { messages.write("\r\(text.prefix(max(1, messages.width - 1)))\u{1b}[K") }

  /// The same for good: the whole of it, wrapped where it has to be.
  func settle(_ lines: [String]) {
    let lines = lines.flatMap { Line($0).wrapped(to: messages.width).map(\.text) }
    messages.write("\r\(lines.joined(separator: "\u{1b}[K\n"))\u{1b}[K\n")
  }

  /// What the terminal can show; it is asked when the first picture comes.
  private lazy var display: Display = {
    let isInside = environment["TMUX"] != nil
    let answer = environment["TERM"] == "dumb" || Stream.isRecorded ? "" : TerminalQuery.ask(isInside: isInside)
    return Display(environment: environment, answer: answer, size: output.size)
  }()

  /// Writes to the terminal what the line editor draws.
  func draw(_ text: String) {
    editline_flush()
    output.write(text)
  }

  /// Columns and rows of the terminal.
  var columns: Int { output.width }
  var rows: Int { output.height }

  /// Shows a line that was pasted as if it had been typed.
  func echo(_ prompt: Line, _ line: String, _ settings: Settings) {
    let lines = line.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    output.write(paint(prompt + (lines.first ?? Line()), settings) + "\n")
    for line in lines.dropFirst() { output.write(paint(line, settings) + "\n") }
  }

  /// Runs what takes the terminal for a while; a refusal is told, and gives nil.
  func outside(_ body: ([String: String]) throws(Refusal) -> String) -> String? {
    do throws(Refusal) { return try body(environment) } catch {
      message("\n\(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
      return nil
    }
  }

  /// A line with the sequences of its colours.
  func paint(_ line: Line, _ settings: Settings) -> String { paint(line, hasColour(output, settings)) }

  private func draw(_ pictures: [any Picture], _ settings: Settings) {
    let heights = heights(of: pictures, settings)
    for (index, picture) in pictures.enumerated() {
      if picture.isGraphic, settings.pictures == .none {
        draw(picture.table?.lines(on: canvas(settings)) ?? [], settings)
      } else if picture.isGraphic, let inline = inline(settings), let bytes = pixels(picture, inline, settings) {
        output.write(bytes)
      } else {
        let canvas = picture.isGraphic ? colouredCanvas(settings, rows: heights[index]) : canvas(settings)
        draw(picture.lines(on: canvas), settings)
      }
    }
  }

  /// The lines that pictures of characters may take, so that the whole result fits into the window with the prompt
  /// above and below it; nil for as many as they like.
  private func heights(of pictures: [any Picture], _ settings: Settings) -> [Int?] {
    guard output.isTerminal, pictures.contains(where: \.isGraphic), inline(settings) == nil else {
      return pictures.map { _ in nil }
    }
    return pictures.heights(on: canvas(settings), rows: output.height - 2)
  }

  private func draw(_ lines: [Line], _ settings: Settings) {
    let hasColour = hasColour(output, settings)
    output.write(lines.map { paint($0, hasColour) + "\n" }.joined())
  }

  /// How pixels are shown; nil when characters have to do.
  private func inline(_ settings: Settings) -> Inline? {
    switch settings.pictures {
    case .kitty: .kitty
    case .sixel: .sixel
    case .iterm: .iterm
    case .auto: output.isTerminal ? display.inline : nil
    case .blocks, .ascii, .none: nil
    }
  }

  /// The bytes that show a picture in pixels, a line of text and one of the picture of the same size.
  private func pixels(_ picture: any Picture, _ inline: Inline, _ settings: Settings) -> String? {
    let (cell, theme) = (display.cell, settings.theme.theme ?? display.theme)
    let scale = cell.height / 16
    let paper = Paper(width: Double(min(200, output.width - 1)) * cell.width / scale - 24, theme: theme)
    do {
      let drawing = Page([picture]).drawing(on: paper, margin: 12)
      let columns = max(1, min(output.width - 1, Int((drawing.width * scale / cell.width).rounded(.up))))
      return try inline.bytes(Print(drawing, theme: theme), columns: columns, scale: scale)
    } catch {
      say(Line(error.message), settings)
      return nil
    }
  }

  private func canvas(_ settings: Settings) -> Canvas {
    Canvas(
      width: output.width, hasColour: hasColour(output, settings) && settings.pictures != .ascii,
      wraps: output.isTerminal)
  }

  /// A canvas for a picture, for which the terminal's background counts.
  private func colouredCanvas(_ settings: Settings, rows: Int?) -> Canvas {
    let plain = canvas(settings)
    guard plain.hasColour else { return Canvas(width: plain.width, hasColour: false, wraps: plain.wraps, rows: rows) }
    let theme = settings.theme.theme ?? (output.isTerminal ? display.theme : .dark)
    return Canvas(width: plain.width, hasColour: true, wraps: plain.wraps, theme: theme, rows: rows)
  }

  /// NO_COLOR (no-color.org), TERM=dumb, a stream that is no terminal: no colours, unless they were asked for.
  private func hasColour(_ stream: Stream, _ settings: Settings) -> Bool {
    if options.noColor { return false }
    switch settings.colour {
    case .yes: return true
    case .no: return false
    case .auto:
      return stream.isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
  }

  /// One line of the messages.
  private func write(_ line: Line, _ settings: Settings) {
    for part in wrapped(line) { messages.write(paint(part, hasColour(messages, settings)) + "\n") }
  }

  private func paint(_ line: Line, _ hasColour: Bool) -> String {
    guard hasColour else { return line.text.withoutBlanksAtEnd }
    return line.runs.map { painted($0.text, $0.style) }.joined()
  }

  /// A text with the sequences of a style around it.
  func painted(_ text: String, _ style: Style, _ settings: Settings) -> String {
    hasColour(settings) ? painted(text, style) : text
  }

  private func painted(_ text: String, _ style: Style) -> String {
    let codes = style.codes(hasTrueColour: style.isMixed && display.hasTrueColour)
    return codes.isEmpty ? text : "\u{1b}[\(codes.joined(separator: ";"))m\(text)\u{1b}[0m"
  }
}

extension Screen: RunObserver {
  func didPass(_ narration: String, _ session: Session) { announce(lines: narration, session) }

  func willRun(_ statement: Statement, _ session: Session) {
    if statement.isAnnounced { announce(lines: statement.line, session) }
  }

  func didRun(_ outcome: Outcome, _ session: Session) { show(outcome, preferences.settings) }

  /// A continued line piece by piece.
  private func announce(lines: String, _ session: Session) {
    for piece in lines.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      announce(String(piece), preferences.settings)
    }
  }
}

extension Style {
  /// The numbers of ECMA-48's SGR.
  fileprivate func codes(hasTrueColour: Bool) -> [String] {
    (isBold ? ["1"] : []) + (isDim ? ["2"] : [])
      + (foreground.map { Style.codes($0, base: 30, hasTrueColour) } ?? [])
      + (background.map { Style.codes($0, base: 40, hasTrueColour) } ?? [])
  }

  private static func codes(_ colour: Colour, base: Int, _ hasTrueColour: Bool) -> [String] {
    switch colour {
    case .red: ["\(base + 1)"]
    case .green: ["\(base + 2)"]
    case .yellow: ["\(base + 3)"]
    case .blue: ["\(base + 4)"]
    case .cyan: ["\(base + 6)"]
    case .ink(let ink):
      hasTrueColour
        ? ["\(base + 8)", "2", "\(ink.red)", "\(ink.green)", "\(ink.blue)"] : ["\(base + 8)", "5", "\(nearest(ink))"]
    }
  }

  /// The nearest colour of the palette of 256: a cube of 6×6×6 from 16, and greys in steps of 10 from 232.
  private static func nearest(_ ink: Ink) -> Int {
    let wanted = [Int(ink.red), Int(ink.green), Int(ink.blue)]
    let levels = [0, 95, 135, 175, 215, 255]
    let places = wanted.map { value in levels.indices.min { abs(levels[$0] - value) < abs(levels[$1] - value) } ?? 0 }
    let mean = wanted.reduce(0, +) / 3
    let grey = min(23, max(0, (mean - 3) / 10))
    func distance(_ colour: [Int]) -> Int { zip(colour, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    let isGrey = distance([Int](repeating: 8 + 10 * grey, count: 3)) < distance(places.map { levels[$0] })
    return isGrey ? 232 + grey : 16 + 36 * places[0] + 6 * places[1] + places[2]
  }
}

extension String {
  /// Blanks at the end are there for colours only.
  fileprivate var withoutBlanksAtEnd: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
