import Pictures

/// What became of one line.
public struct Outcome: Sendable {
  /// The line's number since the program began; 0 for lines that are not counted.
  public let cell: Int
  public let line: String
  public internal(set) var seconds = 0.0
  /// What came out, unless the line was refused.
  public let answer: (any Answer)?
  /// What a person should know besides the result.
  public internal(set) var notes: [Line] = []
  /// What was wrong; a line whose result could not be written has both.
  public internal(set) var diagnostic: Diagnostic?
  /// Mistakes of a script besides the first.
  public let further: [Diagnostic]
  /// Whether the diagnostic was told with the line of a script that it is about.
  public internal(set) var wasTold = false
  /// Whether no further line of its script runs.
  public internal(set) var endsScript = false
  /// The file that took the result instead of the screen.
  public internal(set) var file: String?
  /// Whether the result goes into the file of a line that runs the script.
  public internal(set) var isCaptured = false

  init(
    _ cell: Int, _ line: String, answer: (any Answer)? = nil, diagnostic: Diagnostic? = nil, further: [Diagnostic] = []
  ) {
    (self.cell, self.line, self.answer) = (cell, line, answer)
    (self.diagnostic, self.further) = (diagnostic, further)
  }

  /// What a person sees of the result, unless a file takes it.
  public var pictures: [any Picture] { file == nil && !isCaptured ? answer?.shown ?? [] : [] }

  /// Whether the program ends here.
  public var isLast: Bool { answer?.isLast ?? false }

  /// The line to type next: what an error tells, or what goes on with a line that was stopped.
  public var nextLine: String? { answer?.nextLine ?? diagnostic?.nextLine }

  /// `{"cell":6,"line":"fit 10 128","ok":true,"seconds":2.31,"result":{…}}`, and `notes` where there are some.
  public var json: JSON {
    let head: [(String, JSON)] = [
      ("cell", .integer(cell)), ("line", .text(line)), ("ok", .bool(diagnostic == nil)),
      ("seconds", .number((seconds * 1e6).rounded() / 1e6)),
    ]
    let result: [(String, JSON)] = answer.map { [("result", $0.json)] } ?? []
    let told: [(String, JSON)] = notes.isEmpty ? [] : [("notes", .list(notes.map { .text($0.text) }))]
    guard let diagnostic else { return .object(head + (result.isEmpty ? [("result", .object([]))] : result) + told) }
    let more: [(String, JSON)] = further.isEmpty ? [] : [("further", .list(further.map(\.json)))]
    return .object(head + (wasTold ? [] : result) + [("error", diagnostic.json)] + more + told)
  }
}
