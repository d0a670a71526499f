import Foundation
import Grammar
import TestSupport
import Testing

@testable import Workbench

/// Another's validator on what `help --json-schema` says of `--json`.
@Suite struct SchemaTests {
  /// Lines of every kind: what works, with every part of its result that there can be, and what does not.
  private static let lines = [
    "seed 1", "load digits train=200 test=50", "data", "show data 3", "show example 0", "set", "set threads",
    "add dense 8 relu", "add dense 10 softmax",
    "summary", "show network", "compile adam", "fit 2 32 validation=0.2", "evaluate", "confusion", "report",
    "show errors 4", "show example 0", "show curves", "show weights", "show activations 1 0", "predict 0 1",
    "predict test", "expect accuracy >= 0", "cells", "undo", "redo", "help fit", "help", "reset", "remove",
    "add dense 10 softmax", "compile sgd", "fit 1 32 folds=2", "compare compile=sgd,adam epochs=1", "set threads 2",
    "new", "load moons train=60 test=20", "add dense 4 tanh", "add dense 2 softmax", "compile adam", "fit 1 16",
    "show boundary", "new", "load sine train=40 test=20", "data", "add dense 4 tanh", "add dense 1", "compile adam",
    "fit 1 8", "evaluate", "confusion", "report", "show errors", "show example 0", "predict 0", "fit 0", "add dens 3",
    "load none.csv label=x", "expect accuracy >= 0.5", "what", "quit",
  ]

  @Test("every line of --json is as its schema says, by jsonschema", .enabled(if: Peer.torch != nil))
  func isAsItSays() throws {
    let (folder, peer) = (try Folder(), try #require(Peer.torch))
    var runner = Runner.fresh
    var entries: [[String: String]] = []
    for line in SchemaTests.lines {
      let ran = runner.run(line)
      let outcome = try #require(ran, "\(line)")
      let command = (try? Words(line).all).flatMap { Commands.outline($0)?.form.name }
      entries.append(["command": command ?? "", "line": outcome.json.text])
    }
    #expect(entries.count { $0["line"]?.contains(#""ok":true"#) == true } == SchemaTests.lines.count - 5)
    try folder.write(Array(ResultSchema.text.utf8), to: "schema.json")
    try folder.write(Array(try JSONSerialization.data(withJSONObject: entries)), to: "lines.json")
    #expect(try JSONDecoder().decode([String].self, from: try peer.run("check_schema.py", [folder.path])) == [])
  }
}
