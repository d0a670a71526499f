import Files
import Grammar

/// Lines of commands from a file, from standard input or from `-c`.
public struct Script: Sendable {
  /// A command's line with its number; a continued one holds its line breaks.
  struct Entry: Sendable {
    let text: String
    let number: Int
  }

  /// What it is called in errors.
  let name: String
  let entries: [Entry]
  /// The file, links resolved; nil when it is none.
  private let file: String?

  /// Scripts that run scripts, at most so deep.
  private static let deepest = 16
  /// Larger files are no scripts.
  private static let largest = 16 << 20

  /// Reads a script file.
  /// - Throws: `Refusal` when it is missing, a folder, too large or not UTF-8.
  public init(file path: String) throws(Refusal) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.readStream(path, limit: Script.largest) } catch {
      throw Refusal(error)
    }
    try self.init(name: path, bytes: bytes, file: path)
  }

  /// Takes a script's bytes; a byte order mark and CRLF are accepted.
  /// - Parameter firstLine: the number of the first line.
  /// - Throws: `Refusal` with line and column when they are not UTF-8.
  public init(name: String, bytes: [UInt8], firstLine: Int = 1) throws(Refusal) {
    try self.init(name: name, bytes: bytes, file: nil, firstLine: firstLine)
  }

  /// The commands of `-c`, separated by `;` outside quotes, or by line breaks.
  public init(name: String, commands: String) {
    self.name = name
    file = nil
    entries = Script.separated(commands).enumerated().map { 
      Entry(text: String($0.element.drop(while: \.isWhitespace)), number: $0.offset + 1)
    }
  }

  private init(name: String, file: String?, entries: [Entry]) {
    self.name = name
    self.file = file
    self.entries = entries
  }

  private init(name: String, bytes: [UInt8], file: String?, firstLine: Int = 1) throws(Refusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(name, bytes, firstLine) }
    self.name = name
    self.file = file
    entries = Script.joined(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...], firstLine)
  }

  /// Lines that end in `\` together with the ones behind them.
  private static func joined(_ text: Substring, _ firstLine: Int) -> [Entry] {
    var entries: [Entry] = []
    var open: Entry?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
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

  private static func separated(_ commands: String) -> [String] {
    var parts = [""]
    var quote: Character?
    for character in commands {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      }
      let last = parts.count - 1
      let isBreak = character == ";" || (character.isNewline && !parts[last].hasSuffix("\\"))
      if isBreak, quote == nil { parts.append("") } else { parts[last].append(character) }
    }
    return parts
  }

  /// The commands, without comments and blank lines.
  var commands: [String] { entries.map(\.text).filter { !Script.isBlank($0) } }

  private static func isBlank(_ text: String) -> Bool { (try? Words(text))?.isEmpty == true }

  /// The same without its first commands.
  func dropping(_ count: Int) -> Script {
    var left = count
    return Script(name: name, file: file, entries: entries.filter { entry in
      guard left > 0, !Script.isBlank(entry.text) else { return left == 0 }
      left -= 1
      return false
    })
  }

  /// Reads every line, and the scripts that it runs, without running anything.
  /// - Throws: `Diagnostic` with the place of the first mistake.
  package func check(from scripts: [String] = []) throws(Diagnostic) {
    let scripts = scripts + (file.map { [$0] } ?? [])
    for entry in entries {
      do {
        guard let order = try Statement(entry.text) else { continue }
        if let run = order.command as? Run { try Script.enter(run.file, from: scripts) }
      } catch let misread as Misread {
        throw diagnostic(Diagnostic(misread, line: entry.text), entry)
      } catch let refusal as Refusal {
        throw diagnostic(Diagnostic(refusal, line: entry.text), entry)
      } catch {
        throw error as? Diagnostic ?? diagnostic(Diagnostic(Refusal("\(error)")), entry)
      }
    }
  }

  private static func enter(_ path: String, from scripts: [String]) throws {
    let script = try Script(file: path)
    if let file = script.file, scripts.contains(file) { throw Refusal.runsItself(path) }
    guard scripts.count < deepest else { throw Refusal.tooDeep(path, deepest) }
    try script.check(from: scripts)
  }

  /// Runs every line on a session, and tells the host of each; stops at the first complaint, or when asked to.
  func replay(on session: inout Session, cell: Int, host: Host) -> Replay {
    do throws(Diagnostic) { try check() } catch {
      host.show(
        Outcome(cell: cell, line: error.line ?? "", seconds: 0, answer: nil, diagnostic: error, file: nil),
        session.settings)
      return Replay(lines: 0, diagnostic: error, end: .diagnostic)
    }
    var lines = 0
    for entry in entries {
      if file != nil { announce(entry, session.settings, host) }
      guard var outcome = Interpreter.step(entry.text, on: &session, cell: cell + lines, host: host) else { continue }
      lines += 1
      if let diagnostic = outcome.diagnostic {
        outcome = outcome.with(self.diagnostic(diagnostic, entry))
        host.show(outcome, session.settings)
        return Replay(lines: lines, diagnostic: outcome.diagnostic, end: .diagnostic)
      }
      host.show(outcome, session.settings)
      if outcome.answer?.isLast == true { return Replay(lines: lines, diagnostic: nil, end: .quit) }
      if host.isStopRequested() { return Replay(lines: lines, diagnostic: nil, end: .interrupted) }
    }
    return Replay(lines: lines, diagnostic: nil, end: .finished)
  }

  /// Tells the host of a line before it runs, a continued one piece by piece.
  private func announce(_ entry: Entry, _ settings: Settings, _ host: Host) {
    for piece in entry.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      host.announce(String(piece), settings)
    }
  }

  private func diagnostic(_ diagnostic: Diagnostic, _ entry: Entry) -> Diagnostic {
    diagnostic.at("\(name):\(entry.number + diagnostic.linesBefore)")
  }
}

/// How a script went.
public struct Replay: Sendable {
  /// Lines that were run.
  public let lines: Int
  /// What stopped it; the host has been told already.
  public let diagnostic: Diagnostic?
  public let end: End

  /// Why no further line was run.
  public enum End: Sendable {
    case finished, diagnostic, quit, interrupted
  }
}

extension Outcome {
  /// The same with the complaint's place filled in.
  fileprivate func with(_ diagnostic: Diagnostic) -> Outcome {
    Outcome(cell: cell, line: line, seconds: seconds, answer: answer, diagnostic: diagnostic, file: file)
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
  fileprivate static func runsItself(_ path: String) -> Refusal {
    Refusal("\(path) would run itself without end")
  }
  fileprivate static func tooDeep(_ path: String, _ deepest: Int) -> Refusal {
    Refusal("\(path) would be script number \(deepest + 1) inside another; at most \(deepest) are allowed")
  }
}
