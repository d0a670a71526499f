import Engine
import Files
import Pictures
import TestSupport
import Testing

@testable import Workbench

@Suite("What may differ when the same is done again is marked as such")
struct VolatileTests {
  private static let lines = [
    "load digits train=60 test=20", "data", "add dense 10 softmax", "compile sgd", "summary", "fit 2 16", "evaluate",
    "report", "confusion", "cells", "save weights w.safetensors", "load weights w.safetensors", "save session s.sumi",
    "undo", "redo", "show curves", "set threads 1", "fit 1 > epochs.csv", "expect loss >= 0", "help fit",
  ]

  /// What a session tells by a clock of its own in a folder of its own, with `…` for what is volatile.
  private func told(secondsPerLook: Double, _ folder: Folder) throws -> [String] {
    var time = 0.0
    let clock = {
      time += secondsPerLook
      return time
    }
    var host = Host(now: clock, threads: { _ in Threads(count: 1) })
    host.paths = PathResolver().beside(script: try folder.write("", to: "told.sumi"))
    var runner = Runner(session: Session(seed: Seed(7, isDrawn: false)), host: host)
    return try Self.lines.map { line in
      let ran = runner.run(line)
      let outcome = try #require(ran)
      #expect(outcome.diagnostic == nil, "\(line)")
      let lines = outcome.pictures.flatMap { $0.lines(on: Canvas(width: 200, hasColour: false)) } + outcome.notes
      return lines.map { $0.runs.map { $0.isVolatile ? "…" : $0.text }.joined() }.joined(separator: "\n")
    }
  }

  @Test("another clock and another folder change nothing else")
  func others() throws {
    let (first, second) = (try told(secondsPerLook: 0.001, try Folder()), try told(secondsPerLook: 7, try Folder()))
    for (line, (one, other)) in zip(Self.lines, zip(first, second)) {
      // The width of a column follows its widest cell.
      #expect(one.split(separator: " ") == other.split(separator: " "), "\(line)")
    }
    #expect(first.joined().contains("2 epochs in …: loss"))
  }

  @Test("a seed that was drawn is volatile where it is told")
  func seed() {
    let notes = [Seed(3, isDrawn: true), Seed(12345, isDrawn: true)].map { seed in
      var bench = Bench(session: Session(seed: seed))
      bench.run("load digits train=60 test=20")
      return bench.outcome("add dense 10 softmax")?.notes.flatMap(\.runs).filter { !$0.isVolatile }
    }
    #expect(notes[0]?.isEmpty == false && notes[0] == notes[1])
  }
}
