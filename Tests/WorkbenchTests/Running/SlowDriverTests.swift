import Testing
import Workbench

/// A driver that runs a script with a pause between its cells; it knows of the program no more than this file does.
private struct SlowDriver {
  var runner = Runner(session: Session(seed: Seed(1, isDrawn: false)), host: Host())
  let pause: Duration

  /// Runs a script; the lines that ran.
  mutating func present(_ script: Script) async throws -> [String] {
    var shown: [String] = []
    runner.open(script)
    while let outcome = runner.step() {
      shown.append(outcome.line)
      try await Task.sleep(for: pause)
    }
    return shown
  }
}

@Suite("A script with pauses, as a driver")
struct SlowDriverTests {
  @Test func `it waits between the cells, and the runner with it`() async throws {
    var driver = SlowDriver(pause: .milliseconds(20))
    let clock = ContinuousClock()
    let start = clock.now
    let shown = try await driver.present(Script(name: "lesson", commands: "seed 2; seed 3; help quit"))
    #expect(shown == ["seed 2", "seed 3", "help quit"])
    #expect(clock.now - start >= .milliseconds(60))
    #expect(driver.runner.ending == .finished)
  }
}
