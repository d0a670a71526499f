import TestSupport
import Testing

@testable import Workbench

@Suite("What a refusal says to type next")
struct HintTests {
  /// Types a line that is refused, and then what the refusal says.
  private func follow(_ line: String, _ bench: inout Bench) throws {
    guard let hint = try bench.refuse(line).hint else { return }
    let statement = try #require(try Statement(hint), "\(hint)")
    // What writes a file would write it beside the tests.
    guard statement.written.isEmpty else { return }
    let diagnostic = bench.outcome(hint)?.diagnostic
    #expect(diagnostic == nil, "\(line) says \(hint), which says \(diagnostic?.message ?? "")")
  }

  /// What is expected and untrue is refused once more.
  @Test(
    arguments: (RefusalTests.misread + RefusalTests.refused).filter {
      $0.hint != nil && !$0.typed.hasPrefix("expect accuracy")
    })
  func `it is accepted when it is typed`(_ bad: BadLine) throws {
    var bench = Bench(bad.stage)
    try follow(bad.typed, &bench)
  }

  private static let sine = ["load sine train=60 test=20", "add dense 4 tanh", "add dense 1", "compile adam", "fit 1"]
  private static let moons = ["load moons train=60 test=20"]
  private static let compiled = moons + ["add dense 2 softmax", "compile adam"]

  /// What was typed before, and the line that is refused.
  private static let sessions: [(before: [String], lines: [String])] = [
    ([], ["predict 0", "load moons test=0.5 train=5", "show curves", "runs diff 1", "load sine classes=1,2 train=9"]),
    (
      sine,
      [
        "fit 2 stratified=yes", "fit 1 class_weight=balanced", "show errors 2 true=1", "show data 2 class=1",
        "load moons",
      ]
    ),
    (Array(sine.prefix(3)), ["expect loss < 1"]),
    (
      moons,
      [
        "add conv2d 4 3", "add maxpool2d", "add conv1d 4 3", "load moons test=0.5", "load sine classes=1,2",
        "expect loss < 1", "predict nosuch.csv", "show curves",
      ]
    ),
    (
      compiled,
      [
        "fit 1 folds=3 validation=0.1", "fit 1 folds=100", "compare schedule=cosine,constant epochs=1",
        "predict nosuch.png", "predict nosuch.csv",
      ]
    ),
  ]

  @Test(arguments: sessions.flatMap { session in session.lines.map { (session.before, $0) } })
  func `it is accepted in the session that it is said in`(lines: [String], line: String) throws {
    var bench = Bench()
    for line in lines { bench.run(line) }
    try follow(line, &bench)
  }

  @Test(arguments: ["show boundary", "expect accuracy > 0.1", "fit 1 until=accuracy > 0.1", "save model x.h5"])
  func `it is accepted behind a fit`(line: String) throws {
    var bench = Bench(.trained)
    if line.contains("> 0.1") { bench.run("fit 9") }
    try follow(line, &bench)
    if line == "save model x.h5" { #expect(try bench.refuse(line).hint == "save model x.keras") }
  }
}
