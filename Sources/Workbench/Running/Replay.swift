/// How a script went.
public struct Replay: Sendable {
  /// Why no further line was run.
  public enum Ending: Sendable {
    case finished, diagnostic, quit, interrupted
  }

  /// Commands that were run.
  public let commands: Int
  /// Commands that were not.
  public let left: [String]
  /// What stopped it; the observers have been told already.
  public let diagnostic: Diagnostic?
  public let ending: Ending
  /// What it showed, when its result goes to a file.
  let outcomes: [Outcome]

  /// `3 commands did not run: evaluate; confusion; report`; nil when all ran.
  var leftNote: String? { Replay.note(of: left) }

  /// Names the commands that did not run; the first ones of many.
  public static func note(of left: [String]) -> String? {
    guard !left.isEmpty else { return nil }
    let named = left.prefix(5).map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    let more = left.count > named.count ? "; …" : ""
    return "\(counted(left.count, "command")) did not run: \(named.joined(separator: "; "))\(more)"
  }
}
