import Testing

@testable import Workbench

@Suite struct TalkTests {
  private func talk(_ text: String) throws -> Talk { Talk(try Script(name: "talk.sumi", bytes: Array(text.utf8))) }

  @Test func `a step is the words before a command, and the command`() throws {
    let talk = try talk(
      "#!/usr/bin/env sumi\n## Data\n# These are digits.\nload digits\n\n# And now?\n#: wait here\n"
        + "# ask: what is it?\ndata\n# The end.\n")
    #expect(talk.steps.map(\.command) == ["load digits", "data", nil])
    #expect(talk.steps[0].narration == ["## Data", "# These are digits."])
    #expect(talk.steps[1].narration == ["", "# And now?"])
    #expect(talk.steps[1].notes == ["wait here"] && talk.steps[1].question == "what is it?")
    #expect(talk.headings == [Talk.Heading(title: "Data", step: 0)])
    #expect(talk.heading(of: 2)?.title == "Data")
  }

  @Test func `recorded outputs are no words`() throws {
    let talk = try talk("seed 1\n#| 1\n# Look.\ndata\n#| what ends in \\\n#| more\n")
    #expect(talk.steps.map(\.command) == ["seed 1", "data"])
    #expect(talk.steps[1].narration == ["# Look."])
  }

  @Test func `a step runs beside its script, and begins no session of its own`() throws {
    var bench = Bench()
    let talk = Talk(try Script(name: "t", bytes: Array("seed 3\nload digits train=30 test=10\n".utf8)))
    for step in talk.steps { #expect(bench.runner.run(step.script) == .finished) }
    #expect(bench.session.seed.number == 3 && bench.session.cells.count == 2)
  }

  @Test func `a runner goes back to a moment with its number`() throws {
    var bench = Bench(.compiled)
    let moment = bench.runner.bookmark
    bench.run("fit 1 64")
    let first = bench.session.history.last?.training.loss
    bench.runner.go(to: moment)
    #expect(bench.session.history.isEmpty && bench.runner.next == 1)
    bench.run("fit 1 64")
    #expect(bench.session.history.last?.training.loss == first)
  }

  @Test func `words are headings with a rule, filled paragraphs and bullets, in the width there is`() throws {
    let talk = try talk(
      "## A *first* network\n# Some **strong** words that are\n# filled again.\n#\n# - one\n# - two\nseed 1\n")
    let lines = talk.steps[0].lines(width: 24).map(\.text)
    #expect(
      lines == [
        "A *first* network", "─────────────────", "Some strong words that", "are filled again.", "", "• one", "• two",
      ])
  }

  @Test(arguments: ["", "\n\n", "# only words", "#: only notes\n", "\\\n", "# ask:\n# ask: a\n#:\n##\n# \nseed 1\n"])
  func `any script is a talk`(text: String) throws {
    let talk = try talk(text)
    for step in talk.steps { _ = step.lines(width: 10) }
  }
}
