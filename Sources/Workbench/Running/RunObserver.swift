import Datasets
import Engine

/// Sees everything that a runner does, once and in order.
public protocol RunObserver {
  /// A comment or a blank line of a script is passed; a continued one holds its line breaks.
  func didPass(_ narration: String, _ session: Session)

  /// A line was understood and runs now.
  func willRun(_ statement: Statement, _ session: Session)

  /// A batch of a `fit` is done.
  func progress(_ progress: Training.Progress)

  /// Whether it wants states of a `fit` to go on from.
  var keepsCheckpoints: Bool { get }

  /// A `fit` can be gone on with from here.
  func keep(_ state: Checkpoint)

  /// Something is fetched or read for a `load`.
  func load(_ event: LoadEvent)

  /// A line is over, or was refused.
  /// - Parameter session: as the line left it.
  func didRun(_ outcome: Outcome, _ session: Session)
}

extension RunObserver {
  public func didPass(_ narration: String, _ session: Session) {}
  public func willRun(_ statement: Statement, _ session: Session) {}
  public func progress(_ progress: Training.Progress) {}
  public var keepsCheckpoints: Bool { false }
  public func keep(_ state: Checkpoint) {}
  public func load(_ event: LoadEvent) {}
  public func didRun(_ outcome: Outcome, _ session: Session) {}
}
