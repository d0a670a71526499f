import Engine

/// Shows a beginner the natural next line, each once.
public struct Guide: Sendable {
  /// First words of lines that this person has typed in earlier sessions.
  private let known: Set<Substring>
  private var shown: Set<String> = []
  /// Whether nothing has been shown yet.
  public var isNew: Bool { shown.isEmpty }
  /// What is on offer now.
  public private(set) var offer: String?

  /// - Parameter lines: what the person typed in earlier sessions.
  public init(history lines: [String]) { known = Set(lines.compactMap { $0.split(separator: " ").first }) }

  /// The line to show after a command, when it is new to this person; it stays on offer until the next command.
  /// - Parameter settings: what the person has chosen; hints may be off.
  public mutating func next(after session: Session, _ settings: Settings = Settings()) -> String? {
    offer = nil
    guard settings.hints, let line = session.nextLine, let verb = line.split(separator: " ").first,
      !known.contains(verb), shown.insert(line).inserted
    else { return nil }
    offer = line
    return line
  }

  /// Offers the line that an error told to type.
  public mutating func offer(_ line: String?) { offer = line }

  /// Takes the offer back.
  public mutating func clear() { offer = nil }
}

extension Session {
  /// What somebody would naturally type now, from the first data to the saved session; nil when everything is done.
  public var nextLine: String? {
    guard let dataset else { return learntFrom?.line ?? "load digits" }
    guard let network, !network.layers.isEmpty else { return "add dense 512 relu" }
    guard isComplete else {
      return network.output.rank == 1 ? "add \(dataset.targets.lastLayer)" : "add flatten"
    }
    if trainer == nil { return "compile rmsprop" }
    if history.isEmpty { return "fit 5 128" }
    if evaluation == nil { return "evaluate" }
    let looks = ["confusion", "show errors", "show curves"]
    let unseen = looks.first { look in !cells.contains { $0.line.hasPrefix(look) } }
    if let unseen { return unseen }
    return hasUnsavedTraining ? "save session \(dataset.name).sumi" : nil
  }
}
