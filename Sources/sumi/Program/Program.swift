import Engine
import Files
import Glibc
import Grammar
import Pictures
import Workbench

/// The program between its start and its end: which lines it takes from where, and with which status it ends.
struct Program {
  /// What the shell is told.
  enum Status {
    static let fine: Int32 = 0
    static let failed: Int32 = 1
    static let wrongUsage: Int32 = 2
    static let interrupted: Int32 = 130
  }

  private let options: Options
  private let screen: Screen
  private let crew = ThreadPool()
  private let environment: [String: String]
  private var interpreter: Interpreter

  init(options: Options, environment: [String: String]) {
    self.options = options
    self.environment = environment
    screen = Screen(options: options, environment: environment)
    var settings = Settings()
    settings.threads = options.threads
    let drawn = UInt64.random(in: 0...999_999_999)
    interpreter = Interpreter(
      session: Session(seed: Seed(options.seed ?? drawn, isDrawn: options.seed == nil), settings: settings))
  }

  /// Runs what the options ask for; the exit status.
  mutating func run() -> Int32 {
    Interrupt.install()
    if let note = interpreter.session.settings.threadsNote { screen.say(Line(note), interpreter.session.settings) }
    let status = runSources()
    return status == Status.fine && screen.hasFailed ? Status.failed : status
  }

  /// Whether there will be a prompt.
  private var isPrompted: Bool {
    isatty(0) == 1 && (options.isInteractive || (options.commands == nil && options.scripts.isEmpty))
  }

  private mutating func runSources() -> Int32 {
    if isPrompted {
      prepare()
      for line in banner { screen.say(line, interpreter.session.settings) }
    }
    if let commands = options.commands {
      return replay { Script(name: "-c", commands: commands) } ?? afterwards()
    }
    for file in options.scripts {
      let status = file == "-" ? replayInput() : replay { () throws(Refusal) in try Script(file: file) }
      if let status { return status }
    }
    return options.scripts.isEmpty ? startWithoutScripts() : afterwards()
  }

  private mutating func startWithoutScripts() -> Int32 {
    isatty(0) == 1 ? prompt() : replayInput() ?? Status.fine
  }

  /// The prompt, if `-i` asks for it.
  private mutating func afterwards() -> Int32 { options.isInteractive ? prompt() : Status.fine }

  /// Runs a script; nil when the program goes on after it.
  private mutating func replay(_ open: () throws(Refusal) -> Script) -> Int32? {
    let script: Script
    do throws(Refusal) { script = try open() } catch {
      screen.show(interpreter.refuse(error), interpreter.session.settings)
      return options.isInteractive ? nil : Status.failed
    }
    let replay = interpreter.run(script, host: host)
    if replay.end == .quit { return Status.fine }
    if options.isInteractive { return nil }
    if replay.end == .interrupted || Interrupt.isRequested { return Status.interrupted }
    return replay.diagnostic == nil ? nil : Status.failed
  }

  /// Runs standard input line by line, as it comes; nil when the program goes on after it.
  private mutating func replayInput() -> Int32? {
    var input = Input(descriptor: 0)
    while let line = input.next() {
      let status = replay { () throws(Refusal) in
        try Script(name: "standard input", bytes: line.bytes, firstLine: line.number)
      }
      if let status { return status }
    }
    return Interrupt.isRequested && !options.isInteractive ? Status.interrupted : nil
  }

  /// The prompt; `-i` and `REPL` share the session.
  private mutating func prompt() -> Int32 {
    guard var conversation = REPL(interpreter, host, screen) else {
      screen.say(
        "libedit cannot be started on this terminal; lines are read as they come", interpreter.session.settings)
      return replayInput() ?? Status.fine
    }
    return conversation.run()
  }

  /// The person's own settings, before everything else; what is wrong in them is told, and the prompt still comes.
  private mutating func prepare() {
    let initFile = Folders(environment: environment).initFile
    guard !options.noInit, let file = initFile, access(file, F_OK) == 0 else { return }
    do throws(Refusal) {
      var quiet = host
      quiet.announce = { _, _ in }
      _ = interpreter.prepare(try Script(file: file), host: quiet)
    } catch { screen.show(interpreter.refuse(error), interpreter.session.settings) }
  }

  private var banner: [Line] {
    let settings = interpreter.session.settings
    let (cores, threads) = (Threads.processors, settings.threads ?? Threads.processors)
    let facts = "\(cores) core\(cores == 1 ? "" : "s"), \(threads) thread\(threads == 1 ? "" : "s")"
    return [
      Line("sumi \(Options.release)", .bold) + Line("   a shell for neural networks   \(facts)", .dim),
      Line("help lists what can be typed, help keys the keys; Tab completes, Ctrl-D leaves", .dim),
    ]
  }

  /// What commands get from this program.
  private var host: Host {
    let (screen, clock) = (screen, ContinuousClock())
    let start = clock.now
    let now = { (clock.now - start).seconds }
    let progress = Progress(screen, now: now)
    var host = Host(now: now, threads: { [crew] in crew.threads($0) }, environment: environment)
    host.keys = Key.help
    if !options.quiet, !options.json { host.progress = { progress.show($0) } }
    host.isStopRequested = { Interrupt.isRequested }
    host.announce = { screen.announce($0, $1) }
    host.show = { screen.show($0, $1) }
    return host
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
