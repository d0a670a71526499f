import Files
import Grammar

/// Lines of commands from a file, from standard input, from the prompt or from `-c`.
public struct Script: Sendable {
  /// A command's line with its number; a continued one holds its line breaks.
  struct Entry: Sendable {
    let text: String
    let number: Int
  }

  /// What it is called in errors; empty for what was typed.
  let name: String
  let entries: [Entry]
  /// The file's path; nil when it is none.
  let file: String?
  /// Whether its lines are shown before they run, as they cannot be seen otherwise.
  var isAnnounced: Bool

  /// Whether it is all of its file, so that it may begin a session of its own.
  private(set) var isWhole = true

  /// Larger files are no scripts.
  static let largest = 16 << 20

  /// Reads a script file, or a pipe to its end.
  /// - Parameter isStopRequested: asked while a pipe gives nothing.
  /// - Throws: `Refusal` when it is missing, a folder, too large or not UTF-8.
  public init(file path: String, isStopRequested: () -> Bool = { false }) throws(Refusal) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileReader.readStream(path, limit: Script.largest, isStopRequested: isStopRequested)
    } catch {
      throw error.kind == .stopped ? .stopped : Refusal(error)
    }
    let inside = try ForeignScript.text(bytes, at: path)
    if inside == nil, let kind = FileKind(bytes), kind != .text { throw .foreign(path, kind, "script") }
    try self.init(name: path, bytes: inside.map { Array($0.utf8) } ?? bytes, file: path)
  }

  /// Takes a script's bytes; a byte order mark and CRLF are accepted.
  /// - Parameter firstLine: the number of the first line.
  /// - Throws: `Refusal` with line and column when they are not UTF-8.
  public init(name: String, bytes: [UInt8], firstLine: Int = 1) throws(Refusal) {
    try self.init(name: name, bytes: bytes, file: nil, firstLine: firstLine)
  }

  /// The commands of `-c`, separated by `;` outside quotes and comments, or by line breaks.
  public init(name: String, commands: String) {
    let isOneLine = !commands.contains(where: \.isNewline)
    self.init(name: name, parts: CommandCutter.parts(commands, endsComments: isOneLine))
  }

  /// What was typed at the prompt: a command, or several with `;` between them.
  public init(typed line: String) {
    let parts = CommandCutter.parts(line, endsComments: false)
    self.init(name: "", parts: parts.count == 1 ? [line] : parts)
  }

  /// Lines that a person edited; they are shown before they run.
  init(name: String, edited text: String) {
    (self.name, file, isAnnounced) = (name, nil, true)
    entries = Script.joined(text[...], 1)
  }

  private init(name: String, parts: [String]) {
    (self.name, file, isAnnounced) = (name, nil, false)
    entries = parts.enumerated().map { Entry(text: $0.element, number: $0.offset + 1) }
  }

  init(name: String, bytes: [UInt8], file: String?, firstLine: Int = 1) throws(Refusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(name, bytes, firstLine) }
    (self.name, self.file, isAnnounced) = (name, file, file != nil)
    entries = Script.joined(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...], firstLine)
  }

  private init(_ script: Script, entries: [Entry]) {
    (name, file, isAnnounced) = (script.name, script.file, script.isAnnounced)
    self.entries = entries
  }

  /// Begins a line of a command's output, as `sumi record` writes it below the command.
  static let recorded = "#|"

  /// Lines that end in `\` together with the ones that follow.
  private static func joined(_ text: Substring, _ firstLine: Int) -> [Entry] {
    var entries: [Entry] = []
    var open: Entry?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      // What was recorded below a command is no line of the script.
      if open == nil, line.hasPrefix(Script.recorded) { continue }
      let entry = Entry(text: (open.map { $0.text + "\n" } ?? "") + line, number: open?.number ?? index + firstLine)
      if line.hasSuffix("\\") {
        open = entry
      } else {
        open = nil
        entries.append(entry)
      }
    }
    return entries + (open.map { [$0] } ?? [])
  }

  /// The file without links, so that two names of it are the same.
  var realFile: String? { file.map { PathResolver.real($0) ?? $0 } }

  /// How names of files on its lines become paths.
  func paths(from outer: PathResolver) -> PathResolver { file.map { outer.beside(script: $0) } ?? outer }

  /// How many commands there are.
  public var commandCount: Int { entries.count { !Script.isBlank($0.text) } }

  /// All lines, comments and blank ones too; those at the end left out that are blank.
  var lines: [String] { entries.map(\.text).reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed() }

  /// Whether its first command, apart from seed and settings, brings or wants an empty session.
  var beginsWithData: Bool {
    guard file != nil, isWhole else { return false }
    for entry in entries {
      guard let command = (try? Statement(entry.text))?.command, !(command is SetSeed), !(command is SetOption)
      else { continue }
      return command is Load || command is New
    }
    return false
  }

  /// Whether there is no command on a line.
  static func isBlank(_ text: String) -> Bool { (try? Words(text))?.isEmpty == true }

  /// Some of its lines, which whoever has them run has shown already.
  func part(_ entries: [Entry]) -> Script {
    var part = Script(self, entries: entries)
    (part.isWhole, part.isAnnounced) = (false, false)
    return part
  }

  /// The same without its first lines.
  func dropping(lines count: Int) -> Script { Script(self, entries: Array(entries.dropFirst(count))) }

  /// A mistake in one of its lines, with its place; what was typed needs none.
  func placed(_ diagnostic: Diagnostic, _ entry: Entry) -> Diagnostic {
    guard !name.isEmpty, diagnostic.place == nil else { return diagnostic }
    var placed = diagnostic
    let number = entry.number + diagnostic.linesBefore
    (placed.place, placed.lineNumber) = ("\(name):\(number)", number)
    return placed
  }
}

extension Refusal {
  fileprivate static func notUTF8(_ name: String, _ bytes: [UInt8], _ firstLine: Int) -> Refusal {
    var (good, decoder, iterator) = (String.UnicodeScalarView(), UTF8(), bytes.makeIterator())
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { good.append(scalar) }
    let lines = String(good).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let (line, column) = (firstLine + lines.count - 1, (lines.last?.count ?? 0) + 1)
    return Refusal("\(name):\(line):\(column): not UTF-8, so it cannot be a script")
  }
}
