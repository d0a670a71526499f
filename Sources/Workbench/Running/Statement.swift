import Engine
import Grammar

/// A line understood: the command, and the file its result goes to.
public struct Statement: Sendable {
  /// The line as it was typed; a continued one holds its line breaks.
  public let line: String
  /// Whether it comes from a script whose lines are shown before they run.
  public internal(set) var isAnnounced = false
  /// The lines that wait behind it.
  var waiting = WaitingLines()
  package let command: any Command
  let file: ResultFile?

  /// Understands a line; nil when there is nothing on it.
  /// - Throws: `Misread` with the place of the mistake.
  public init?(_ line: String) throws(Misread) {
    do throws(Misread) { try self.init(own: line) } catch { throw ForeignLine.answer(line) ?? error }
  }

  private init?(own line: String) throws(Misread) {
    let words = try Words(line)
    if words.isEmpty { return nil }
    self.line = line
    do throws(Misread) { command = try Commands.read(words) } catch {
      throw Statement.withQuotes(line, words, error) ?? error
    }
    if let redirect = words.redirect { file = try ResultFile(redirect) } else { file = nil }
  }

  /// A condition without quotes, whose `>` would begin a file's name, with the line that has them.
  private static func withQuotes(_ line: String, _ words: Words, _ misread: Misread) -> Misread? {
    guard let bound = words.redirect, bound.plain.decimal != nil,
      misread.message.contains(Condition.expected)
    else { return nil }
    let characters = Array(line)
    let (start, end) = (misread.span.start, misread.span.end)
    guard start < end, end <= characters.count else { return nil }
    let hint = "\(String(characters[..<start]))\"\(String(characters[start..<end])) > \(bound.plain)\""
    return Misread("\(misread.message); a bare > begins a file's name", hint: hint, at: misread.span)
  }

  /// Files that it writes when it runs.
  var written: [String] { (file.map { [$0.path] } ?? []) + command.written }

  /// What has to be typed to get the same again, its result's file included; nil when it leaves no line.
  func replay(_ answer: any Answer) -> String? {
    guard let again = command.replay(of: line, answer) else { return nil }
    guard again != line, let file else { return again }
    return "\(again) > \(ArgumentType<String>.quote(file.path))"
  }
}

extension String {
  /// A continued line without its breaks.
  var onOneLine: String {
    guard contains(where: \.isNewline) else { return self }
    let pieces = split(whereSeparator: \.isNewline).map { $0.hasSuffix("\\") ? $0.dropLast() : $0 }
    return pieces.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
  }
}
