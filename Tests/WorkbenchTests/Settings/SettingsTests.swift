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
}
