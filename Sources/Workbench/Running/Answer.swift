import Pictures

/// What a command found out or did.
public protocol Answer: Sendable {
  /// The result as `--json` gives it.
  var json: JSON { get }

  /// The result as a person sees it, and as files take it.
  var pictures: [any Picture] { get }

  /// What is shown where the rest was shown already while it ran; `pictures` otherwise.
  var shown: [any Picture] { get }

  /// What files of shapes and pixels take; `shown` otherwise.
  var figures: [any Picture] { get }

  /// What a person should know besides the result.
  var notes: [Line] { get }

  /// The line to type next, when this one was stopped before its end.
  var nextLine: String? { get }

  /// Lines of a script, where the result is one.
  var script: [String]? { get }

  /// Whether the program ends here.
  var isLast: Bool { get }

  /// Arrays that it keeps alive and shares with others.
  var held: HeldArrays { get }

  /// Bytes besides, roughly.
  var byteCount: Int { get }
}

extension Answer {
  public var shown: [any Picture] { pictures }
  public var figures: [any Picture] { shown }
  public var notes: [Line] { [] }
  public var nextLine: String? { nil }
  public var script: [String]? { nil }
  public var isLast: Bool { false }
  public var held: HeldArrays { [:] }
  public var byteCount: Int { 1 << 10 }
}

/// A sentence and its members.
struct Remark: Answer {
  let json: JSON
  let pictures: [any Picture]
  var notes: [Line] = []
  var nextLine: String?
  var isLast = false

  init(_ sentence: Line, _ members: [(String, JSON)] = [], notes: [Line] = [], nextLine: String? = nil) {
    json = .object(members)
    pictures = sentence.runs.isEmpty ? [] : [Paragraph(sentence)]
    (self.notes, self.nextLine) = (notes, nextLine)
  }
}
