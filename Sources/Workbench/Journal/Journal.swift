import Engine
import Files
import Grammar
import Synchronization

/// Keeps the session of a runner on the disk, so that it can be gone on with after whatever ended the program.
///
/// What cannot be kept hinders nothing: it is told once, and the work goes on.
public final class Journal: RunObserver, Sendable {
  private let writer: Mutex<JournalWriter>
  private let trouble = Trouble()
  private let isEnding: @Sendable () -> Bool
  private let tell: @Sendable (String) -> Void

  /// - Parameters:
  ///   - isEager: whether the session is kept while it goes, and not only when the program is cut off.
  ///   - isEnding: whether the program was asked to end.
  ///   - tell: takes a sentence for the person, between two lines.
  public init(
    _ environment: [String: String], isEager: Bool, isEnding: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (String) -> Void
  ) {
    (self.isEnding, self.tell) = (isEnding, tell)
    writer = Mutex(
      JournalWriter(KeptSessions(environment), isEager: isEager) { [trouble] error in trouble.note(error) })
  }

  /// From now on the session is kept while it goes.
  public func begin() { writer.withLock { $0.isEager = true } }

  public var keepsCheckpoints: Bool { true }

  public func willRun(_ statement: Statement, _ session: Session) {
    attempt { (writer) throws(FileError) in try writer.begin(statement, session) }
  }

  public func keep(_ state: Checkpoint) { writer.withLock { $0.keep(state) } }

  public func didRun(_ outcome: Outcome, _ session: Session) {
    let isEnding = isEnding()
    attempt { (writer) throws(FileError) in try writer.end(outcome, session, isEnding: isEnding) }
    if let error = trouble.take() { tell("this session cannot be kept: \(error.message); the work goes on") }
  }

  /// The program ends. Can be called from any thread.
  /// - Returns: what to tell; nil when nothing was kept that is worth a word.
  public func close(_ end: KeptSession.End, _ session: Session) -> String? {
    writer.withLock { writer in
      do throws(FileError) {
        guard let title = try writer.close(end, session), end != .ended else { return nil }
        return "the session is kept; to go on: sumi --resume \(ArgumentType<String>.quote(title))"
      } catch { return "the session is lost: \(error.message)" }
    }
  }

  /// The program ends at once, and the line that runs is not to be run again. Can be called from any thread.
  /// - Parameter session: the one before the line.
  public func abandon(_ session: Session) -> String? {
    attempt { (writer) throws(FileError) in try writer.dropRun(session) }
    return close(.cutOff, session)
  }

  /// Lets go of the files as they are, as the end of the process does.
  func letGo() { writer.withLock { $0.letGo() } }

  /// Goes on with a session that was built again.
  func adopt(_ restored: RestoredSession, _ present: Session) {
    attempt { (writer) throws(FileError) in try writer.adopt(restored, present) }
  }

  /// Calls the session what a person's file is called.
  func name(_ name: String) { attempt { (writer) throws(FileError) in try writer.name(name) } }

  /// What the session is called; nil while nothing of it is kept.
  var title: String? { writer.withLock { $0.title } }

  private func attempt(_ body: (inout JournalWriter) throws(FileError) -> Void) {
    writer.withLock { writer in
      do throws(FileError) { try body(&writer) } catch {
        writer.giveUp()
        trouble.note(error)
      }
    }
  }
}

/// The first thing that went wrong, until it is told; nothing after that.
private final class Trouble: Sendable {
  private enum State {
    case none, told
    case untold(FileError)
  }

  private let state = Mutex(State.none)

  func note(_ error: FileError) { state.withLock { if case .none = $0 { $0 = .untold(error) } } }

  func take() -> FileError? {
    state.withLock {
      guard case .untold(let error) = $0 else { return nil }
      $0 = .told
      return error
    }
  }
}
