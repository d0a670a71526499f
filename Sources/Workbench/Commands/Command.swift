import Grammar

/// Something a person can type: what it reads, and what it does to a session.
///
/// A command runs on a draft: when it returns, the draft becomes the session; when it throws, nothing has happened.
public protocol Command: Sendable {
  static var form: Form<Self> { get }

  /// What it leaves behind.
  static var effect: Effect { get }

  /// Whether it can do anything in this state; completion offers it only then.
  static func canRun(on session: Session) -> Bool

  /// Whether there is what it needs outside of the session; completion offers it only then.
  static func canRun(in environment: [String: String]) -> Bool

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer

  /// What has to be typed to get the same again, when that is not the line itself; nil for a line that leaves no cell.
  func replay(of line: String, _ answer: any Answer) -> String?

  /// Whether what it leads to is kept with the session's journal, as it takes time or a file may be another by then.
  var wantsCheckpoint: Bool { get }

  /// Files that it writes, so that later lines of a script may read them.
  var written: [String] { get }

  /// Files that it reads.
  var inputs: [String] { get }

  /// Whether these are data, which nothing may take the place of while a session comes of them.
  static var readsData: Bool { get }

  /// Whether its result is a table, which CSV can hold.
  static var givesTable: Bool { get }

  /// Whether its result may be lines of a script, which a file that ends in `.sumi` takes.
  static var givesScript: Bool { get }
}

/// What a command leaves behind.
public enum Effect: Sendable {
  /// A line in the session, nothing to undo.
  case recorded
  /// A line in the session, and a step for `undo`.
  case undoable
  /// Neither: it moves between sessions, or concerns the program.
  case meta
}

extension Command {
  public static var effect: Effect { .recorded }

  public static func canRun(on session: Session) -> Bool { true }

  public static func canRun(in environment: [String: String]) -> Bool { true }

  public static var givesTable: Bool { false }

  public static var givesScript: Bool { false }

  public func replay(of line: String, _ answer: any Answer) -> String? { line }

  public var wantsCheckpoint: Bool { false }

  public var written: [String] { [] }

  public var inputs: [String] { [] }

  public static var readsData: Bool { false }
}
