import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("A session that is kept while it goes")
struct JournalTests {
  private static let start = [
    "load digits train=300 test=100", "add dense 16 relu", "add dropout 0.2", "add dense 10 softmax",
  ]

  /// Ways to get somewhere, all of which have to be found again.
  private static let ways: [[String]] = [
    ["load digits train=64 test=32"],
    start + ["compile adam", "fit 2 64", "evaluate", "fit 1 32 validation=0.2", "confusion"],
    start + ["compile rmsprop", "fit 1 64", "fit 2 32 restore_best=yes validation=test", "evaluate"],
    start + ["compile sgd", "fit 1 64", "undo", "fit 2 64"],
    start + ["compile sgd", "fit 1 64", "undo 2", "compile adam", "fit 1 64", "undo", "redo"],
    start + ["compile sgd", "fit 1 64", "new", "load moons", "add dense 2 softmax", "compile adam", "fit 1 64"],
    start + ["seed 3", "compile adam", "fit 2 64 folds=3"],
    [
      "load digits train=64 test=32", "add conv2d 2 3", "add batchnorm", "add flatten", "add dense 10 softmax",
      "compile nadam", "fit 2 32", "remove", "add dense 10 softmax", "compile adam", "fit 1 32",
    ],
    start + ["compile adam", "fit 1 64; evaluate; fit 1 32", "report"],
  ]

  @Test("resume brings it back as it was, and undo goes back as far", arguments: ways)
  func resumes(way: [String]) throws {
    let first = try Keeper()
    for line in way { first.run(line) }
    let second = try first.next()
    second.run("resume")
    #expect(second.session.essence == first.session.essence)
    // What is in the cells beside the lines: results that cost little are there again.
    if way.last == "report" { #expect(second.session.cells.last?.answer != nil) }
    guard !way.contains("new"), !way.contains("redo"), !way.contains("undo"), !way.contains("undo 2") else { return }
    #expect(second.session.past.map(\.line) == first.session.past.map(\.line))
    for keeper in [first, second] { keeper.run("undo") }
    #expect(second.session.essence == first.session.essence)
  }

  @Test("what comes next has the bits of the session that was never left") func goesOn() throws {
    let first = try Keeper()
    for line in JournalTests.start + ["compile adam", "fit 1 64"] { first.run(line) }
    let second = try first.next()
    second.run("resume")
    let third = try second.next()
    third.run("sessions resume")
    let whole = try Keeper()
    for line in JournalTests.start + ["compile adam", "fit 1 64"] { whole.run(line) }
    for keeper in [third, whole] { keeper.run("add dense 10", "compile adam", "fit 2 50") }
    #expect(third.session.essence == whole.session.essence)
    // It went on in its own journal, and nothing else is left.
    #expect(third.kept.all().count == 1)
  }

  private static let fits = [
    "fit 3 64", "fit 3 32 validation=0.2 patience=2 restore_best=yes", "fit 4 64 schedule=\"cosine 4\"",
    "fit 3 64 validation=test stratified=no shuffle=no", "fit 4 100 class_weight=balanced until=\"loss<0.0001\"",
  ]

  @Test("a fit that was cut off goes on to the bits of one that was not", arguments: fits, [true, false])
  func cutOff(fit: String, isEager: Bool) throws {
    for batches in [1, 4, 7] {
      let first = try Keeper(isEager: isEager)
      for line in JournalTests.start + ["compile adam", "fit 1 50"] { first.run(line) }
      first.cutOff(fit, after: batches)
      #expect(first.close(.cutOff)?.hasPrefix("the session is kept; to go on: sumi --resume ") == true)
      let second = try first.next()
      #expect(second.kept.untold().map(\.state) == [.cutOff(fit)])
      second.run("resume", "evaluate")
      let whole = try Keeper()
      for line in JournalTests.start + ["compile adam", "fit 1 50", fit, "evaluate"] { whole.run(line) }
      #expect(second.session.essence == whole.session.essence)
    }
  }

  @Test("lines that waited behind the one that was cut off run too, and those behind a mistake do not")
  func waiting() throws {
    let first = try Keeper()
    for line in JournalTests.start { first.run(line) }
    first.cutOff("compile adam; fit 2 64; evaluate; fit 1 64", after: 2)
    let second = try first.next()
    #expect(second.run("resume")?.answer?.json.text.contains("\"ran\":3") == true)
    #expect(second.session.cells.map(\.line).suffix(4) == ["compile adam", "fit 2 64", "evaluate", "fit 1 64"])
    #expect(second.outcome("evaluate; confusion nonsense=1; report")?.diagnostic != nil)
    #expect(second.outcome("evaluate; expect accuracy > 2; report")?.diagnostic != nil)
    let third = try second.next()
    third.run("resume")
    #expect(third.session.essence == second.session.essence)
  }

  @Test("a script that is not kept while it goes leaves nothing behind, unless it is cut off") func scripts() throws {
    let script = try Keeper(isEager: false)
    for line in JournalTests.start + ["compile adam", "fit 1 64"] { script.run(line) }
    #expect(script.home.names == [])
    #expect(script.close(.left) == nil)
    #expect(script.home.names == [])
    let cut = try Keeper(isEager: false)
    for line in JournalTests.start + ["compile adam", "fit 1 64", "add dense 10", "undo"] { cut.run(line) }
    #expect(cut.close(.cutOff) != nil)
    #expect(cut.close(.left) == nil && cut.kept.all().count == 1)
    let next = try cut.next()
    next.run("resume")
    #expect(next.session.essence == cut.session.essence)
  }

  @Test("nothing is kept of a prompt where nothing was done") func nothing() throws {
    let idle = try Keeper()
    #expect(idle.outcome("fit 1")?.diagnostic != nil)
    idle.run("help", "sessions", "set undo 1GB")
    #expect(idle.close(.ended) == nil)
    #expect(idle.kept.all().isEmpty)
  }

  @Test("a line that ended the program three times is not run again by itself") func twice() throws {
    let first = try Keeper()
    first.run("load digits train=64 test=32", "add dense 10 softmax", "compile sgd")
    let statement = try #require(try Statement("evaluate"))
    for _ in 0..<3 { first.journal.willRun(statement, first.session) }
    let second = try first.next()
    let outcome = second.run("resume")
    #expect(outcome?.nextLine == "evaluate")
    #expect(outcome?.notes.map(\.text) == ["the program ended in evaluate 3 times, so it is not run again by itself"])
    #expect(second.session.evaluation == nil)
  }

  @Test("where no journal can be written it is told once, and the work goes on") func trouble() throws {
    let keeper = try Keeper()
    try Data().write(to: URL(fileURLWithPath: keeper.home.path + "/sumi"))
    for line in JournalTests.start { keeper.run(line) }
    #expect(keeper.notes.count == 1)
    #expect(keeper.notes.first?.hasSuffix("; the work goes on") == true)
    #expect(keeper.session.cells.count == 4)
    #expect(keeper.outcome("resume")?.diagnostic != nil)
  }

  @Test("what could not be kept while it went is kept whole when the program is cut off") func late() throws {
    let keeper = try Keeper()
    for line in JournalTests.start { keeper.run(line) }
    let (home, aside) = (keeper.home["sumi"], keeper.home["aside"])
    try FileManager.default.moveItem(atPath: home, toPath: aside)
    try Data().write(to: URL(fileURLWithPath: home))
    keeper.journal.letGo()
    keeper.run("compile adam", "fit 1 64")
    try FileManager.default.removeItem(atPath: home)
    #expect(keeper.close(.cutOff) != nil)
    let next = try Keeper(home: keeper.home)
    next.run("resume")
    #expect(next.session.essence == keeper.session.essence)
  }

  @Test("a script without lines between two others does not have one of them run twice") func emptyScript() throws {
    let first = try Keeper()
    let empty = try first.home.write("\n", to: "empty.sumi")
    for line in JournalTests.start + ["compile adam"] { first.run(line) }
    first.cutOff("evaluate; run \(empty); evaluate; fit 2 64; report", after: 2)
    let second = try first.next()
    second.run("resume")
    let whole = try Keeper()
    let line = "evaluate; run \(empty); evaluate; fit 2 64; report"
    for line in JournalTests.start + ["compile adam", line] { whole.run(line) }
    #expect(second.session.essence == whole.session.essence)
  }

  @Test("folds are not trained again by resume") func folds() throws {
    let first = try Keeper(pace: 1000)
    for line in JournalTests.start + ["compile adam", "fit 2 16 folds=4"] { first.run(line) }
    try #require((first.session.cells.last?.seconds ?? 0) > 0.3)
    let second = try first.next()
    second.run("resume")
    #expect(second.session.essence == first.session.essence)
    #expect(second.session.cells.last?.answer == nil)
  }

  @Test("programs at once keep a session each") func several() throws {
    let home = try Folder()
    let keepers = try (0..<12).map { _ in try Keeper(home: home) }
    for keeper in keepers { keeper.run("load digits train=64 test=32") }
    #expect(keepers[0].kept.all().count == 12)
    #expect(keepers[0].kept.all().allSatisfy { $0.state == .running })
    #expect(keepers[0].outcome("resume")?.diagnostic?.message == "no session was kept that could be gone on with")
  }
}
