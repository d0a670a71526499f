import Grammar

/// What a person pasted: commands, or a transcript of a session with prompts and outputs between them.
public struct Transcript: Equatable, Sendable {
  /// The commands, without prompts and outputs; a continued one holds its line breaks.
  public let commands: [String]
  /// What stands behind the last line break, to be edited before it runs; may be empty.
  public let rest: String

  public init(_ text: String) {
    let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let pieces = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isTranscript = pieces.contains { Transcript.command(in: $0) != nil }
    var commands = Transcript.commands(in: pieces, isTranscript: isTranscript)
    let last = pieces.last ?? ""
    let isComplete = last.isEmpty || (isTranscript && Transcript.command(in: last) == nil)
    rest = isComplete ? "" : commands.popLast() ?? ""
    self.commands = commands
  }

  private static func commands(in pieces: [String], isTranscript: Bool) -> [String] {
    var commands: [String] = []
    var isOpen = false
    for piece in pieces {
      if isOpen, let last = commands.popLast() {
        commands.append(last + "\n" + piece)
      } else if let command = isTranscript ? command(in: piece) : piece {
        commands.append(command)
      } else {
        continue
      }
      isOpen = commands.last.map { Continuation($0).isOpen } ?? false
    }
    return commands.filter { $0.contains { !$0.isWhitespace } }
  }

  /// What stands behind a prompt, `6> `, `digits · 784→10 6> `, or behind the `> ` before a script's lines.
  private static func command(in line: String) -> String? {
    if line.hasPrefix("> ") { return String(line.dropFirst(2)) }
    guard let mark = line.firstRange(of: "> "), line[..<mark.lowerBound].last?.isNumber == true else { return nil }
    let before = line[..<mark.lowerBound].reversed().drop(while: \.isNumber)
    let isPrompt = before.isEmpty || (before.first == " " && !before.contains { "\"'=>#".contains($0) })
    return isPrompt ? String(line[mark.upperBound...]) : nil
  }
}
