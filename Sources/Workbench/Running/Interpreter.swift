import Grammar

/// Reads lines, runs them on a session and keeps it.
public struct Interpreter {
  public private(set) var session: Session
  private var count = 0

  public init(session: Session) { self.session = session }

  /// Runs one line; nil when there is nothing on it.
  public mutating func run(_ line: String, host: Host) -> Outcome? {
    guard let outcome = Interpreter.step(line, on: &session, cell: count + 1, host: host) else { return nil }
    count += 1
    return outcome
  }

  /// Runs a script, line by line, and stops at the first complaint.
  ///
  /// The whole script is read before its first line runs, so that a word mistyped at its end is told at once.
  public mutating func run(_ script: Script, host: Host) -> Replay {
    let replay = script.replay(on: &session, cell: count + 1, host: host)
    count += replay.lines
    return replay
  }

  /// Runs the lines that come before the first one, such as a person's own settings; they are not counted.
  public mutating func prepare(_ script: Script, host: Host) -> Replay {
    script.replay(on: &session, cell: 0, host: host)
  }

  /// The number that the next line will have.
  public var next: Int { count + 1 }

  /// What became of a script that could not be read.
  public func refuse(_ refusal: Refusal) -> Outcome {
    Outcome(cell: next, line: "", seconds: 0, answer: nil, diagnostic: Diagnostic(refusal), file: nil)
  }

  /// One line on a session, as a transaction.
  static func step(_ line: String, on session: inout Session, cell: Int, host: Host) -> Outcome? {
    let started = host.now()
    func outcome(_ answer: (any Answer)?, _ diagnostic: Diagnostic?, _ file: String? = nil) -> Outcome {
      Outcome(
        cell: cell, line: line, seconds: host.now() - started, answer: answer, diagnostic: diagnostic, file: file)
    }
    do {
      guard let order = try Statement(line) else { return nil }
      var draft = session
      let answer = try order.run(&draft, host)
      draft.record(order, line, answer, before: session, seconds: host.now() - started)
      session = draft
      return outcome(answer, answer.diagnostic, order.file?.path)
    } catch let misread as Misread {
      return outcome(nil, Diagnostic(misread, line: line))
    } catch let refusal as Refusal {
      let isStopped = refusal == .stopped
      return outcome(nil, Diagnostic(isStopped ? Refusal(refusal.message, hint: line) : refusal, line: line))
    } catch {
      return outcome(nil, Diagnostic(Refusal("\(error)"), line: line))
    }
  }
}

extension Session {
  /// Enters a line that ran into the session's cells, and the state before it into its past.
  fileprivate mutating func record(
    _ order: Statement, _ line: String, _ answer: any Answer, before: Session, seconds: Double
  ) {
    let effect = type(of: order.command).effect
    guard effect != .steers else { return }
    if effect == .changes { remember(before) }
    cells.append(Cell(line: order.command.replay(of: line, answer), seconds: seconds, figures: answer.figures))
  }
}

/// A line understood: the command, and the file its result goes to.
package struct Statement {
  package let command: any Command
  let file: ResultFile?

  /// nil when there is nothing on the line.
  package init?(_ line: String) throws(Misread) {
    let words = try Words(line)
    if words.isEmpty { return nil }
    command = try Commands.read(words)
    if let redirect = words.redirect { file = try ResultFile(redirect) } else { file = nil }
  }

  /// Runs the command, then writes its result: the session changes only when both went well.
  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    try file?.prepare(host)
    let answer = try command.run(&draft, host)
    try file?.write(answer, theme: draft.settings.theme.onPaper, host)
    return answer
  }
}
