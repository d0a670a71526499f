import Engine
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
  private let crew = Crew()
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

  private mutating func runSources() -> Int32 {
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
    return replay.complaint == nil ? nil : Status.failed
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

  private mutating func prompt() -> Int32 {
    guard let editor = LineEditor() else {
      screen.say("libedit cannot be started on this terminal; lines are read as they come", interpreter.session.settings)
      return replayInput() ?? Status.fine
    }
    if !options.quiet { screen.say(banner, interpreter.session.settings) }
    var typed = ""
    while !screen.hasFailed {
      let mark = typed.isEmpty ? "\(interpreter.next)>" : "…"
      switch editor.read(prompt: mark, hasColour: screen.hasColour(interpreter.session.settings)) {
      case .end: return Status.fine
      case .dropped: typed = ""
      case .line(let line):
        typed += (typed.isEmpty ? "" : "\n") + line
        if line.hasSuffix("\\") { continue }
        if runTyped(typed, editor) { return Status.fine }
        typed = ""
      }
    }
    return Status.failed
  }

  /// Runs what was typed at the prompt; true when it ends the program.
  private mutating func runTyped(_ line: String, _ editor: LineEditor) -> Bool {
    Interrupt.clear()
    let echo = Echo()
    defer { echo?.restore() }
    guard let outcome = interpreter.run(line, host: host) else { return false }
    editor.remember(line)
    screen.show(outcome, interpreter.session.settings)
    return outcome.answer?.isLast == true
  }

  private var banner: Line {
    Line("sumi \(Options.release)", .bold)
      + Line("  help lists what can be typed, Ctrl-D leaves; \(Threads.processors) processors", .dim)
  }

  /// What commands get from this program.
  private var host: Host {
    let (screen, clock) = (screen, ContinuousClock())
    let start = clock.now
    let now = { (clock.now - start).seconds }
    let progress = Progress(screen, now: now)
    var host = Host(now: now, threads: { [crew] in crew.threads($0) }, environment: environment)
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
