import Glibc
import Testing

@Suite("The terminal after a fault")
struct FaultHandlerTests {
  @Test(
    "it is as it was found, at the prompt and in a fit",
    arguments: [SIGSEGV, SIGILL, SIGABRT, SIGFPE, SIGBUS, SIGTRAP], [false, true])
  func fault(signal: Int32, isRunning: Bool) throws {
    let terminal = try Terminal("-i", "-c", "load digits train=600 test=100; add dense 10 softmax; compile sgd")
    try terminal.expect("4> ")
    if isRunning {
      terminal.type("fit 1000000\r")
      try terminal.expect("epoch 2/")
    } else {
      try terminal.settle()
    }
    #expect(!terminal.isAsFound)
    terminal.send(signal)
    #expect(terminal.end() == 128 + signal)
    #expect(terminal.isAsFound)
    #expect(terminal.raw.hasSuffix("\u{1b}[?2004l\u{1b}[0m\u{1b}[?25h"))
    #expect(!terminal.text.contains("Backtrace") && !terminal.text.contains("Thread 0"))
  }

  @Test("it is as it was found after a fault in a talk, and after its end", arguments: [true, false])
  func talk(isFault: Bool) throws {
    let home = try Home()
    let file = try home.write(Array("# Words\nseed 1\n".utf8), to: "talk.sumi")
    let terminal = try Terminal("demo", file, environment: home.environment)
    try terminal.expect("seed 1")
    try terminal.settle()
    #expect(!terminal.isAsFound)
    if isFault { terminal.send(SIGSEGV) } else { terminal.type("q") }
    #expect(terminal.end() == (isFault ? 128 + SIGSEGV : 0))
    #expect(terminal.isAsFound)
  }

  @Test(
    "Ctrl-\\ in a fit ends without a backtrace and keeps what was learnt; twice ends at once", arguments: [false, true])
  func quits(isTwice: Bool) throws {
    let home = try Home()
    let terminal = try Terminal(
      "-i", "-c", "load digits train=600 test=100; add dense 10 softmax; compile sgd", environment: home.environment)
    try terminal.expect("4> ")
    terminal.type("fit 1000000\r")
    try terminal.expect("epoch 2/")
    if isTwice {
      terminal.send(SIGQUIT)
      terminal.send(SIGQUIT)
    } else {
      terminal.type("\u{1c}")
      try terminal.expect("to go on: sumi --resume ")
    }
    #expect(terminal.end() == 128 + SIGQUIT)
    #expect(!terminal.text.contains("Backtrace") && !terminal.text.contains("Thread 0"))
    #expect(terminal.isAsFound)
    if !isTwice { #expect(home.names(in: ".local/state/sumi/sessions").count == 1) }
  }

  @Test("Ctrl-\\ at the prompt does nothing, and Ctrl-S freezes nothing", arguments: ["\u{1c}", "\u{13}"])
  func keys(key: String) throws {
    let terminal = try Terminal("--quiet")
    try terminal.expect("1> ")
    terminal.type("help \(key)quit\r")
    try terminal.expect("Ends the program.")
    try terminal.expect("2> ")
    terminal.type("\(key)help quit\r")
    try terminal.expect("Ends the program.")
  }
}
