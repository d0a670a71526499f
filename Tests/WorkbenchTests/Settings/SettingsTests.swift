import Testing

@testable import Workbench

@Suite("Settings")
struct SettingsTests {
  @Test("each is written as it is typed", arguments: [
    "threads 3", "threads auto", "colour no", "pictures ascii", "prompt short", "hints no", "pager no", "keys vi",
  ])
  func written(line: String) throws {
    var bench = Bench()
    #expect(bench.outcome("set \(line)")?.result == "{\"set\":\"\(line)\"}")
  }

  @Test func `a bare set tells what is chosen, all of it or one`() throws {
    var bench = Bench()
    bench.run("set threads 2")
    bench.run("set undo 512MB")
    let all = try bench.told("set").result
    for part in [#""threads":"2""#, #""undo":"512MB""#, #""hints":"yes""#] { #expect(all.contains(part)) }
    #expect(try bench.told("set threads").result == #"{"settings":{"threads":"2"}}"#)
    #expect(try bench.told("settings tensorboard").result == #"{"settings":{"tensorboard":"none"}}"#)
    #expect(try bench.refuse("set color").message.contains("did you mean colour?"))
  }
}
