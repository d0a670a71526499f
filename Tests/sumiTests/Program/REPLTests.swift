import Glibc
import Testing

@Suite("Leaving, stopping and sleeping")
struct REPLTests {
  private static let training = "load digits train=600 test=100; add dense 10 softmax; compile sgd"

  /// A network that takes its time.
  private static let slow = "add conv2d 32 3 relu; add conv2d 32 3 relu; add flatten; add dense 10 softmax; compile sgd"

  @Test("Ctrl-D asks when training is not saved; n stays, y or Ctrl-D again leaves", arguments: ["y", "\u{4}"])
  func leaves(key: String) throws {
    let home = try Home()
    let terminal = try Terminal("-i", "-c", "\(REPLTests.training); fit 1 64", environment: home.environment)
    try terminal.expect("5> ")
    terminal.type("\u{4}")
    try terminal.expect("an epoch is not saved; leave all the same? (y/n)")
    try terminal.settle()
    terminal.type("n")
    try terminal.expect("to keep it: save session work.sumi")
    try terminal.expect("5> ")
    terminal.type("\u{4}")
    try terminal.expect("(y/n)")
    try terminal.settle()
    terminal.type(key)
    #expect(terminal.end() == 0)
    #expect(terminal.text.contains("the session is kept; to go on: sumi --resume "))
    let next = try Terminal(environment: home.environment)
    try next.expect("the last session was left with training that is not saved; to go on: resume")
    try next.expect("1> ")
    next.type("\u{1b}[C\r")
    try next.expect("4 commands of ")
    try next.expect("epoch 1")
  }

  @Test func `a quiet start offers the session that was cut off, and does not take the notice from the next one`()
    throws
  {
    let home = try Home()
    let cut = try Terminal("--quiet", environment: home.environment)
    try cut.expect("1> ")
    cut.type("seed 4711\r")
    try cut.expect("2> ")
    cut.hangUp()
    #expect(cut.endWithoutTerminal() == 128 + SIGHUP)
    let quiet = try Terminal("--quiet", environment: home.environment)
    try quiet.expect("1> ")
    quiet.type("\u{1b}[C\r")
    try quiet.expect("1 command of ")
    try quiet.expect("2> ")
    quiet.hangUp()
    #expect(quiet.endWithoutTerminal() == 128 + SIGHUP)
    let loud = try Terminal(environment: home.environment)
    try loud.expect("the last session was cut off; to go on: resume")
    let last = try Terminal(environment: home.environment)
    try last.expect("1> ")
    #expect(!last.text.contains("cut off"))
  }

  @Test("a terminal that is hung up in a fit loses nothing: the session is kept, and told at the next start")
  func hungUp() throws {
    let home = try Home()
    let terminal = try Terminal("-i", "-c", REPLTests.training, environment: home.environment)
    try terminal.expect("4> ")
    terminal.type("fit 1000000\r")
    try terminal.expect("epoch 2/1000000")
    terminal.hangUp()
    #expect(terminal.endWithoutTerminal() == 128 + SIGHUP)
    let next = try Terminal(environment: home.environment)
    try next.expect("the last session was cut off in fit 1000000; to go on: resume")
    try next.expect("1> ")
    next.type("resume\r")
    try next.expect("/1000000")
    next.type("\u{3}")
    try next.expect("stopped in epoch")
    try next.expect("3> ")
    next.type("expect loss < 100\r")
    try next.expect("holds:")
  }

  @Test("a terminal that goes away at the prompt ends the program")
  func hungUpAtPrompt() throws {
    let terminal = try Terminal()
    try terminal.expect("1> ")
    terminal.hangUp()
    #expect(terminal.endWithoutTerminal() == 128 + SIGHUP)
  }

  @Test("Ctrl-C stops an evaluation, and tells how to have it after all")
  func evaluation() throws {
    let terminal = try Terminal("-i", "-c", "load digits train=20000 test=100; \(REPLTests.slow)")
    try terminal.expect("7> ")
    terminal.type("evaluate train\r")
    try terminal.settle()
    terminal.type("\u{3}")
    try terminal.expect("stopped before the end; nothing has changed")
    try terminal.expect("try: evaluate train")
    try terminal.expect("8> ")
  }

  @Test(
    "a second Ctrl-C asks whether to stop at once; y ends the program and keeps the session before",
    arguments: [true, false])
  func twice(isSure: Bool) throws {
    let home = try Home()
    let terminal = try Terminal(
      "-i", "-c", "load digits train=3000 test=100; \(REPLTests.slow)",
      environment: home.environment)
    try terminal.expect("7> ")
    terminal.type("fit 2 3000\r")
    try terminal.settle()
    terminal.type("\u{3}")
    try terminal.expect("stopping at the next safe point")
    terminal.type("\u{3}")
    try terminal.expect("stop at once?")
    try terminal.settle()
    terminal.type(isSure ? "y" : "n")
    if isSure {
      #expect(terminal.end() == 130)
      let next = try Terminal("--resume", environment: home.environment)
      try next.expect("6 commands of ")
    } else {
      try terminal.expect("stopped in epoch 1, after 1 batch")
      try terminal.expect("8> ")
    }
  }

  @Test("two prompts at once see each other's lines with the next arrow key, and grey ones that did not fail")
  func shared() throws {
    let home = try Home()
    let (first, second) = (
      try Terminal("--quiet", environment: home.environment), try Terminal("--quiet", environment: home.environment)
    )
    for terminal in [first, second] { try terminal.expect("1> ") }
    first.type("seed 4711\r")
    try first.expect("2> ")
    first.type("seed 4712x\r")
    try first.expect("error:")
    try first.expect("3> ")
    second.type("\u{1b}[A\u{1b}[A\r")
    try second.expect("2> ")
    second.type("cells\r")
    try second.expect("seed 4711")
    try second.expect("3> ")
    second.type("seed 47")
    try second.settle()
    #expect(second.raw.contains("\u{1b}[2m11\u{1b}[0m") && !second.raw.contains("\u{1b}[2m12x"))
  }

  @Test("after Ctrl-Z and fg nothing is echoed while a fit runs, and the shell has the terminal as it was between them")
  func sleeps() throws {
    let terminal = try Terminal("-i", "-c", REPLTests.training)
    try terminal.expect("4> ")
    terminal.type("fit 1000000\r")
    try terminal.expect("epoch 2/")
    // No shell waits here, so the program goes on at once; what it does to the terminal is the same.
    for signal in [SIGTSTP, SIGCONT] { terminal.send(signal) }
    try terminal.expect("epoch 3/")
    #expect(!terminal.isAsFound)
    terminal.type("\u{3}")
    try terminal.expect("stopped in epoch")
    try terminal.expect("5> ")
  }
}
