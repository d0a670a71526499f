import Grammar

/// A script as a talk: steps, each some words and then a command, under headings.
public struct Talk: Sendable {
  /// What is said, and the command that is shown.
  public struct Step: Sendable {
    /// Comments and blank lines before the command, without what is not for the audience.
    public let narration: [String]
    /// For the speaker only: lines that begin with `#:`.
    public let notes: [String]
    /// The question whose answer the command's result is, `# ask: …`; its result is hidden until somebody asks.
    public let question: String?
    /// nil where a talk ends with words.
    public let command: String?
    /// The same as a script of its own, for the runner; empty where there is no command.
    public let script: Script
  }

  /// A heading and the step that it stands before.
  public struct Heading: Equatable, Sendable {
    public let title: String
    public let step: Int
  }

  public let steps: [Step]
  public let headings: [Heading]

  public init(_ script: Script) {
    var (steps, said) = ([Step](), [String]())
    for entry in script.entries {
      if Script.isBlank(entry.text) {
        said += entry.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
      } else {
        steps.append(Step(said, entry.text, script.part([entry])))
        said = []
      }
    }
    if said.contains(where: { !$0.allSatisfy(\.isWhitespace) }) { steps.append(Step(said, nil, script.part([]))) }
    self.steps = steps
    headings = steps.enumerated().flatMap { index, step in
      Narration(step.narration).headings.map { Heading(title: $0, step: index) }
    }
  }

  /// The last heading at or before a step.
  public func heading(of step: Int) -> Heading? { headings.last { $0.step <= step } }
}

extension Talk.Step {
  private static let asks = "# ask:", speaks = "#:"

  fileprivate init(_ said: [String], _ command: String?, _ script: Script) {
    func text(behind mark: String) -> [String] {
      said.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count).drop(while: \.isWhitespace)) }
    }
    narration = said.filter { line in
      !["#!", Self.asks, Self.speaks].contains { line.hasPrefix($0) } && !Tolerance.isStated(in: line)
    }
    notes = text(behind: Self.speaks)
    question = text(behind: Self.asks).last
    (self.command, self.script) = (command, script)
  }
}
