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
  let screen: Screen
  let keyboard = Keyboard()
  let environment: [String: String]
  let journal: Journal
  var runner: Runner

  /// - Parameter settings: what is chosen before anybody chooses.
  init(options: Options, environment: [String: String], settings: Settings = Settings()) {
    self.options = options
    self.environment = environment
    var settings = settings
    settings.threads = options.threads
    let preferences = Preferences(settings)
    let screen = Screen(options: options, environment: environment, preferences: preferences, keyboard: keyboard)
    self.screen = screen
    let drawn = UInt64.random(in: 0...999_999_999)
    let session = Session(seed: Seed(options.seed ?? drawn, isDrawn: options.seed == nil))
    journal = Journal(environment, isEager: false, isEnding: { Interrupt.isEnding }) { note in
      Stream.exclusively { $0.put(note + "\n") }
    }
    runner = Runner(session: session, host: Program.host(environment, preferences, journal))
    runner.observers = Program.observers(options, screen, keyboard, runner.host, journal)
  }

  /// Runs what the options ask for; the exit status.
  mutating func run() -> Int32 {
    begin(isPrompted: isPrompted)
    if let note = settings.threadsNote { screen.say(Line(note)) }
    if isPrompted || options.journal || options.resume != nil { journal.begin() }
    let status = runSources()
    // Whoever left otherwise has said so.
    _ = journal.close(runner.session.hasUnsavedTraining ? .left : .ended, runner.session)
    end()
    screen.complain()
    return status == Status.fine && screen.hasFailed ? Status.failed : status
  }

  /// Before anything changes the terminal.
  /// - Parameter isPrompted: whether the terminal will be drawn on.
  func begin(isPrompted: Bool) {
    TerminalModes.remember()
    FaultHandler.install(hasSequences: isPrompted && screen.canDraw)
    Interrupt.install()
  }

  /// Gives the terminal back.
  func end() {
    screen.awaitAnswer()
    TerminalModes.restore()
  }

  var settings: Settings { runner.host.preferences.settings }

  /// Whether there will be a prompt.
  private var isPrompted: Bool {
    isatty(0) == 1 && (options.isInteractive || (options.commands == nil && options.scripts.isEmpty))
  }

  private mutating func runSources() -> Int32 {
    if isPrompted {
      prepare()
      for line in banner { screen.say(line) }
    }
    if let name = options.resumed, let status = resume(name) { return status }
    if let commands = options.commands {
      return replay { Script(name: "-c", commands: commands) } ?? afterwards()
    }
    // All are read before the first one runs, as it may run for hours.
    if options.scripts.count > 1, let faulty = Script.firstFaulty(options.scripts.filter { $0 != "-" }, runner.host) {
      return replay(file: faulty) ?? afterwards()
    }
    for file in options.scripts {
      if let status = file == "-" ? replayInput() : replay(file: file) { return status }
    }
    return options.scripts.isEmpty ? startWithoutScripts() : afterwards()
  }

  private mutating func startWithoutScripts() -> Int32 {
    isatty(0) == 1 ? prompt() : replayInput() ?? Status.fine
  }

  /// The prompt, if `-i` asks for it.
  private mutating func afterwards() -> Int32 { options.isInteractive ? prompt() : Status.fine }

  private mutating func replay(file: String) -> Int32? {
    replay { () throws(Refusal) in try Script(file: file, isStopRequested: { Interrupt.isRequested }) }
  }

  /// Runs a script; nil when the program goes on after it.
  private mutating func replay(_ open: () throws(Refusal) -> Script) -> Int32? {
    do throws(Refusal) { runner.run(try open()) } catch { runner.refuse(error) }
    if Interrupt.isEnding { return cutOff() }
    if runner.ending == .quit { return Status.fine }
    if options.isInteractive { return nil }
    if runner.ending == .interrupted || Interrupt.isRequested { return Status.interrupted }
    return runner.ending == .finished ? nil : Status.failed
  }

  /// Goes on with a session that was kept; nil when the program goes on after it.
  private mutating func resume(_ name: String) -> Int32? {
    let line = name.isEmpty ? "resume" : "resume \(ArgumentType<String>.quote(name))"
    return replay { Script(name: "--resume", commands: line) }
  }

  /// Somebody asked the program to end: what a script has learnt is kept.
  private func cutOff() -> Int32 {
    if let note = journal.close(.cutOff, runner.session) { screen.message(note) }
    return 128 + Interrupt.signal
  }

  /// Runs standard input line by line, as it comes; nil when the program goes on after it.
  private mutating func replayInput() -> Int32? {
    var input = Input(descriptor: 0, endsWithInterrupt: !options.isInteractive)
    while let line = input.next() {
      let status = replay { () throws(Refusal) in
        try Script(name: "standard input", bytes: line.bytes, firstLine: line.number)
      }
      if let status { return status }
      // It stopped that line; the next one may have come with it already.
      if options.isInteractive { Interrupt.clear() }
    }
    if Interrupt.isEnding { return cutOff() }
    return Interrupt.isRequested && !options.isInteractive ? Status.interrupted : nil
  }

  /// The prompt; `-i` and `REPL` share the session.
  private mutating func prompt() -> Int32 {
    guard var conversation = REPL(runner, screen, keyboard, journal) else {
      screen.say("libedit cannot be started on this terminal; lines are read as they come")
      return replayInput() ?? Status.fine
    }
    defer { runner = conversation.runner }
    return conversation.run()
  }

  /// The person's own settings, before everything else; what is wrong in them is told, and the prompt still comes.
  private mutating func prepare() {
    let initFile = Folders(environment: environment).initFile
    guard !options.noInit, let file = initFile, access(file, F_OK) == 0 else { return }
    do throws(Refusal) { runner.prepare(try Script(file: file)) } catch { runner.refuse(error) }
  }

  private var banner: [Line] {
    let (cores, threads) = (Threads.processors, settings.threads ?? Threads.processors)
    let facts = "\(cores) core\(cores == 1 ? "" : "s"), \(threads) thread\(threads == 1 ? "" : "s")"
    let keys = screen.canEdit ? ", help keys the keys; Tab completes, Ctrl-D leaves" : "; Ctrl-D leaves"
    return [
      Line("sumi \(Options.release)", .bold) + Line("   a shell for neural networks   \(facts)", .dim),
      Line("help lists what can be typed" + keys, .dim),
    ]
  }

  /// What commands get from this program.
  private static func host(_ environment: [String: String], _ preferences: Preferences, _ journal: Journal) -> Host {
    var host = Host(environment: environment)
    host.preferences = preferences
    host.keys = Key.help
    host.isStopRequested = { Interrupt.isRequested }
    host.journal = journal
    return host
  }

  /// Who is told what happens: the journal first, as what is shown has to be kept by then; the bar, the answer to
  /// Ctrl-C, and the screen, when both are done; the ledger and TensorBoard's files last.
  private static func observers(
    _ options: Options, _ screen: Screen, _ keyboard: Keyboard, _ host: Host, _ journal: Journal
  ) -> [any RunObserver] {
    let progress: [any RunObserver] = options.quiet || options.json ? [] : [Progress(screen, now: host.now)]
    let watch: [any RunObserver] = Stream.person.isTerminal
      ? [InterruptWatch(journal: journal, keyboard: keyboard, screen.capabilities)] : []
    let ledger = LedgerObserver(
      host.environment, time: { Double(time(nil)) }, tell: { screen.message($0) })
    let board = TensorBoardObserver(host.preferences) { Double(time(nil)) }
    return [journal] + progress + watch + [screen, ledger, board]
  }
}
