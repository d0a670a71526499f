import Foundation
import Testing

@testable import sumi_bench

@Suite struct SumiBenchTests {
  /// The built program, next to the tests.
  private static let path: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("sumi-bench").path
  }()

  /// One case as `--json` tells it.
  private struct Measured: Decodable {
    let job: String
    let seconds: Double?
    let memory: Int?
    let share_of_peak: Double?
  }

  private struct Told: Decodable { let cases: [Measured] }

  @Test("a job is measured in processes of its own and told as JSON, the peak with it")
  func json() throws {
    let child = try Child(SumiBenchTests.path, ["start", "--json"])
    #expect(child.status == 0)
    let cases = try JSONDecoder().decode(Told.self, from: Data(child.output.utf8)).cases
    #expect(Set(cases.map(\.job)) == ["peak", "start"])
    #expect(cases.allSatisfy { $0.seconds ?? 0 > 0 && $0.memory ?? 0 > 1_000_000 })
    #expect(cases.filter { $0.job == "peak" }.allSatisfy { $0.share_of_peak == 1 })
  }

  @Test("without --json it is a table")
  func table() throws {
    let child = try Child(SumiBenchTests.path, ["peak"])
    #expect(child.status == 0)
    #expect(child.output.hasPrefix("job "))
    #expect(child.output.contains("FMA peak"))
  }

  @Test("a job that there is not, and a senseless number of runs, are wrong usage", arguments: [
    ["pek"], ["peak", "--runs", "0"], ["peak", "--runs", "x"], ["--nope"], ["--only", "dense/9"],
  ])
  func usage(arguments: [String]) throws {
    let child = try Child(SumiBenchTests.path, arguments)
    #expect(child.status == 64)
    #expect(child.output.isEmpty)
  }

  @Test("every job has a name of its own, and cases")
  func jobs() {
    #expect(Set(Job.all.map(\.name)).count == Job.all.count)
    #expect(Job.all.allSatisfy { !$0.cases.isEmpty && !$0.help.isEmpty })
    #expect(Job.all.first?.name == "peak")
  }
}
