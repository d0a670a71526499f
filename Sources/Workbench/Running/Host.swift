import Engine
import Files
import Grammar

/// What a command gets from outside: time, news and interruption, threads, and the environment.
public struct Host {
  /// Seconds since some moment.
  public var now: () -> Double
  /// Told after every batch of a `fit`.
  public var progress: (Training.Progress) -> Void = { _ in }
  /// Asked after every batch.
  public var isStopRequested: () -> Bool = { false }
  /// Told of every line of a script file before it runs, comments included, and how things shall look now.
  public var announce: (String, Settings) -> Void = { _, _ in }
  /// Told of every line that a script has run, and how things shall look now.
  public var show: (Outcome, Settings) -> Void = { _, _ in }
  /// The threads to work with; nil for one a processor.
  public var threads: (Int?) -> Threads
  public var environment: [String: String]
  /// How names of files on the line become paths.
  public var paths: PathResolver
  /// The keys of the prompt, for `help keys`.
  public var keys: [KeyHelp] = []
  /// Hands a text to the person's editor, and gives back what they made of it.
  public var edit: (String) throws(Refusal) -> String = { (_) throws(Refusal) in
    throw Refusal("there is no terminal to edit on", hint: "save session work.sumi")
  }

  public init(
    now: @escaping () -> Double, threads: @escaping (Int?) -> Threads, environment: [String: String] = [:]
  ) {
    self.now = now
    self.threads = threads
    self.environment = environment
    paths = PathResolver(environment: environment)
  }
}
