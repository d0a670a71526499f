import Pictures

/// What became of one line.
public struct Outcome: Sendable {
  /// The line's number since the program began.
  public let cell: Int
  public let line: String
  public let seconds: Double
  /// What came out, unless the line was refused.
  public let answer: (any Answer)?
  /// What was wrong; a script that stopped half-way has both.
  public let diagnostic: Diagnostic?
  /// The file that took the result instead of the screen.
  public let file: String?

  /// `{"cell":6,"line":"fit 10 128","ok":true,"seconds":2.31,"result":{…}}`
  public var json: JSON {
    let head: [(String, JSON)] = [
      ("cell", .integer(cell)), ("line", .text(line)), ("ok", .bool(diagnostic == nil)),
      ("seconds", .number((seconds * 1e6).rounded() / 1e6)),
    ]
    if let diagnostic { return .object(head + [("error", diagnostic.json)]) }
    return .object(head + [("result", answer?.json ?? .object([]))])
  }
}
