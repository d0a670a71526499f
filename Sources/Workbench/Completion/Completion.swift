import Grammar

/// What the word at the cursor may become, in a session's present state.
///
/// It follows the line through the commands' own forms, and leaves out what would be refused.
public struct Completion: Sendable {
  /// Characters of the line before what the candidates replace.
  public let start: Int
  public let candidates: [Candidate]
  /// The parameter that is awaited here, when no candidate can be listed: `units`.
  public let awaited: ParameterInfo?

  /// - Parameter line: up to the cursor.
  public init(of line: String, in session: Session, environment: [String: String] = [:]) {
    let vocabulary = Vocabulary(session: session, environment: environment)
    guard line.utf8.count <= Completion.longest, let half = HalfLine(line) else {
      (start, candidates, awaited) = (line.count, [], nil)
      return
    }
    let place = Completion.place(half)
    let found = place.map { vocabulary.candidates(at: $0, half) } ?? []
    (start, candidates) = (place?.start ?? half.start, found.filter { !$0.word.isEmpty })
    awaited = found.isEmpty && half.typed.isEmpty ? place?.slot : nil
  }

  /// Nobody types so much by hand; longer lines are not completed.
  private static let longest = 4096

  /// The longest beginning that all candidates have in common.
  public var common: String {
    guard var common = candidates.first?.word else { return "" }
    for candidate in candidates { common = common.commonPrefix(with: candidate.word) }
    return common
  }

  /// Where the cursor stands in a command's form.
  struct Place {
    /// Characters before the word, or before the value after `key=`.
    let start: Int
    /// What has been typed of it.
    let typed: String
    /// The parameter that it is a value of.
    let slot: ParameterInfo?
    /// Parameters that may stand here as `key=`.
    var keys: [ParameterInfo] = []
    /// Names of commands, or of the second words of commands.
    var commands: [Choice] = []
    var isFile = false
  }

  private static func place(_ half: HalfLine) -> Place? {
    if half.isFile { return Place(start: half.start, typed: half.typed, slot: nil, isFile: true) }
    guard let first = half.words.first else {
      return Place(start: half.start, typed: half.typed, slot: nil, commands: Commands.choices(behind: nil))
    }
    let seconds = half.words.count == 1 ? Commands.choices(behind: first.text) : []
    guard let (form, used) = Commands.outline(half.words) else {
      return seconds.isEmpty ? nil : Place(start: half.start, typed: half.typed, slot: nil, commands: seconds)
    }
    guard let expectation = form.expectation(behind: half.words.dropFirst(used)) else { return nil }
    if let pair = half.pair, let slot = expectation.slot(named: pair.key) {
      return Place(start: pair.start, typed: pair.value, slot: slot)
    }
    return Place(
      start: half.start, typed: half.typed, slot: expectation.slot, keys: expectation.keys, commands: seconds)
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
