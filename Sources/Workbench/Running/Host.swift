import Datasets
import Engine
import Files
import Grammar

/// What a command gets from outside: time, news and interruption, threads, and the environment.
public struct Host {
  /// Seconds since some moment.
  public var now: () -> Double
  /// Told after every batch of a `fit`.
  public var progress: (Training.Progress) -> Void = { _ in }
  /// Takes states of a `fit` to go on from; nil where nobody keeps them.
  var checkpoint: ((Checkpoint) -> Void)?
  /// Told how a `load` goes.
  public var load: (LoadEvent) -> Void = { _ in }
  /// Asked after every batch.
  public var isStopRequested: () -> Bool = { false }
  /// The threads to work with; nil for one a processor.
  public var threads: (Int?) -> Threads
  public var environment: [String: String]
  /// What the person has chosen.
  public var preferences = Preferences()
  /// Files that were read or written since the program began.
  public var knownFiles = KnownFiles()
  /// How names of files on the line become paths.
  public var paths: PathResolver
  /// The keys of the prompt, for `help keys`.
  public var keys: [KeyHelp] = []
  /// Hands a text to the person's editor, and gives back what they made of it.
  public var edit: (String) throws(Refusal) -> String = { (_) throws(Refusal) in
    throw Refusal("there is no terminal to edit on", hint: "save session work.sumi")
  }
  /// Keeps the session while it goes; nil where nothing is kept.
  public var journal: Journal?
  /// What `edit` begins with, when the text before could not be run.
  var unfinishedEdit: UnfinishedEdit?

  /// The clock and the threads of this machine.
  public init(environment: [String: String] = [:]) {
    let (clock, pool) = (ContinuousClock(), ThreadPool())
    let start = clock.now
    self.init(now: { (clock.now - start) / .seconds(1) }, threads: { pool.threads($0) }, environment: environment)
  }

  public init(
    now: @escaping () -> Double, threads: @escaping (Int?) -> Threads, environment: [String: String] = [:]
  ) {
    self.now = now
    self.threads = threads
    self.environment = environment
    paths = PathResolver(environment: environment)
  }

  /// The threads that the person has chosen to work with.
  var pool: Threads { threads(preferences.settings.threads) }

  var loadObserver: LoadObserver { LoadObserver(now: now, tell: load, isStopRequested: isStopRequested) }
}
