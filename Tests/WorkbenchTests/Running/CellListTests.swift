import Testing
import Workbench

/// An observer that writes a line a cell; it knows of the program no more than this file does.
private final class CellList: RunObserver {
  var lines: [String] = []

  func willRun(_ statement: Statement, _ session: Session) { lines.append("> \(statement.line)") }

  func didRun(_ outcome: Outcome, _ session: Session) {
    let state = outcome.diagnostic?.message ?? "\(session.cells.count) so far"
    lines.append("\(outcome.cell) \(outcome.line): \(state)")
  }
}

@Suite("A list of cells, as an observer")
struct CellListTests {
  @Test func `it sees every line before and after it runs`() {
    let list = CellList()
    var runner = Runner(session: Session(seed: Seed(1, isDrawn: false)), host: Host(), observers: [list])
    runner.run(Script(name: "lesson", commands: "seed 2; help quit; fit 1; seed 3"))
    #expect(list.lines == [
      "> seed 2", "1 seed 2: 1 so far", "> help quit", "2 help quit: 1 so far", "> fit 1",
      "3 fit 1: there is no data set yet",
    ])
  }
}
