import Engine
import Grammar
import Pictures
import Workbench

/// A session of drawn lines, each held against what has to be true of every line.
public struct FuzzedSession {
  /// What was not true.
  public struct Fault: Error, CustomStringConvertible {
    public let line: String
    public let what: String

    public var description: String { "\(what): \(line.debugDescription)" }
  }

  private let workplace: Workplace
  private var random: Random
  private var runner: Runner
  /// The lines so far.
  public private(set) var steps: [Step] = []
  /// Checks that cost as much as the line itself are made at one line in so many.
  private let thrift: Int

  /// What most sessions begin with; it is run once, for digits take longer to draw than a session takes.
  private static let opening = "load digits train=10 test=6"
  private static let opened: Session = {
    var runner = Runner(session: Session(seed: FuzzedSession.seed), host: Bench.host())
    _ = runner.run(opening)
    return runner.session
  }()
  private static let seed = Seed(1, isDrawn: true)

  public init(_ workplace: Workplace, seed: UInt64, thrift: Int = 4) {
    self.workplace = workplace
    self.thrift = thrift
    random = Random(seed: seed)
    runner = Runner(session: Session(seed: FuzzedSession.seed), host: Bench.host())
  }

  /// Draws lines and runs them.
  /// - Parameter willRun: told of each line before it runs.
  public mutating func run(willRun: (Step) -> Void = { _ in }) throws(Fault) {
    var draw = LineDraw(files: workplace.names, wildness: random.pick([4, 12, 30, 1000]), random: random.split())
    if !random.isOnce(in: 5) {
      for step in [Step(FuzzedSession.opening), Step("seed \(random.below(1000))")] {
        willRun(step)
        try run(step)
      }
    }
    for _ in 0..<2 + random.below(random.isOnce(in: 5) ? 20 : 6) {
      var step = Step(draw.line(for: runner.session), editing: random.next())
      if random.isOnce(in: 6) { step.stopsAfter = 1 + random.below(4) }
      willRun(step)
      try run(step)
    }
    try finish()
  }

  /// Runs lines that were drawn before.
  public mutating func run(_ steps: [Step], willRun: (Step) -> Void = { _ in }) throws(Fault) {
    for step in steps {
      willRun(step)
      try run(step)
    }
    try finish()
  }

  private mutating func run(_ step: Step) throws(Fault) {
    steps.append(step)
    if steps.count == 1, step.line == FuzzedSession.opening {
      runner = Runner(session: FuzzedSession.opened, host: Bench.host())
      return
    }
    let (before, number) = (runner.session, runner.next)
    runner.host = Bench.host(for: step)
    let outcome = runner.run(step.line)
    try check(step, outcome, before, isAlone: runner.next <= number + 1)
  }

  /// - Parameter isAlone: whether it was one line; of several those before a refused one have run.
  private mutating func check(
    _ step: Step, _ outcome: Outcome?, _ before: Session, isAlone: Bool
  ) throws(Fault) {
    let line = step.line
    let isUnchanged = isAlone && outcome.map { $0.diagnostic != nil && $0.answer == nil } ?? true
    let isChecked = random.isOnce(in: thrift)
    if isUnchanged {
      let digests = [before, runner.session].map { Digest($0, hasNumbers: isChecked) }
      try require(digests[0] == digests[1], line, "a refused line changed the session")
      try require(before.past.count == runner.session.past.count, line, "a refused line changed the past")
    }
    if let outcome { try checkOutput(of: outcome) }
    guard isChecked else { return }
    try checkReading(line)
    _ = Completion(of: String(line.prefix(random.below(line.count + 1))), in: runner.session)
    // A script is undone line by line.
    let command = (try? Statement(line)).flatMap { $0 }?.command
    if !isUnchanged, let command, type(of: command).effect == .undoable { try checkUndo(of: line, before) }
  }

  private func require(_ holds: Bool, _ line: String, _ what: @autoclosure () -> String) throws(Fault) {
    guard holds else { throw Fault(line: line, what: what()) }
  }

  /// Whatever comes out is sound JSON, and steers no terminal.
  private mutating func checkOutput(of outcome: Outcome) throws(Fault) {
    try require(JSONCheck.isValid(outcome.json.text), outcome.line, "the result is no JSON")
    let canvas = Canvas(
      width: random.pick([1, 2, 20, 40, 80, 200]), hasColour: random.isOnce(in: 2), wraps: random.isOnce(in: 2))
    var lines = outcome.diagnostic?.lines ?? []
    for picture in outcome.answer?.shown ?? [] { lines += picture.lines(on: canvas) }
    lines += outcome.notes
    for line in lines {
      let steers = line.text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
      try require(!steers, outcome.line, "control characters come out raw")
    }
    guard let next = outcome.diagnostic?.nextLine else { return }
    try require((try? Words(next)) != nil, outcome.line, "what it tells to type cannot be read")
  }

  /// A line that can be read is written so that it reads back.
  private func checkReading(_ line: String) throws(Fault) {
    _ = (Continuation(line), Transcript(line), HalfLine(line))
    guard let statement = (try? Statement(line)).flatMap({ $0 }) else { return }
    let written = Commands.catalogue.line(statement.command) ?? ""
    let again = (try? Statement(written)).flatMap { $0 }
    let isSame = again.map { "\($0.command)" } == "\(statement.command)"
    try require(isSame, line, "what is written does not read back: \(written.debugDescription)")
  }

  /// Undo brings back the state before, redo the one after.
  private func checkUndo(of line: String, _ before: Session) throws(Fault) {
    let after = Digest(runner.session)
    var copy = runner
    _ = copy.run("undo")
    try require(Digest(copy.session) == Digest(before), line, "undo does not bring the session back")
    _ = copy.run("redo")
    try require(Digest(copy.session) == after, line, "redo does not bring the session back")
  }

  /// No temporary file is left, and the saved script leads to the same weights.
  private mutating func finish() throws(Fault) {
    if let stray = workplace.strays.first {
      workplace.reset()
      throw Fault(line: stray, what: "a temporary file is left")
    }
    let used = steps.contains { step in Workplace.touches.contains { step.line.contains($0) } }
    if used { workplace.reset() }
    guard random.isOnce(in: thrift), !used || !steps.contains(where: { $0.line.hasPrefix("undo") }) else { return }
    try checkReplay()
    if used { workplace.reset() }
  }

  /// The saved script leads to the same weights, on another number of threads too.
  private mutating func checkReplay() throws(Fault) {
    let threads = 1 + random.below(4)
    let session = runner.session
    var (again, lines) = (Runner(session: Session(seed: FuzzedSession.seed), host: Bench.host()), session.script)
    if lines.starts(with: ["seed 1", FuzzedSession.opening]) {
      (again, lines) = (Runner(session: FuzzedSession.opened, host: Bench.host()), Array(lines.dropFirst(2)))
    }
    for line in lines {
      again.host = Bench.host(for: Step(line, stopsAfter: .max), threads: threads)
      let outcome = again.run(line)
      if let diagnostic = outcome?.diagnostic {
        // The session that it is held against still has its own share of the little memory there is.
        if diagnostic.message.contains("of memory, and there are") { return }
        throw Fault(line: line, what: "the saved script does not replay: \(diagnostic.message)")
      }
    }
    guard Digest(again.session).hasLearnt(Digest(session)) else {
      throw Fault(line: session.script.joined(separator: "; "), what: "the saved script leads to other weights")
    }
  }
}
