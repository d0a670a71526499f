import Foundation
import Fuzzing
import Testing

/// Each run is in a process of its own, for a trap ends it; what it says of its end names the seed, which
/// `sumi-fuzz session SEED` and `sumi-fuzz READER SEED 1` run again. Tests/Fuzz/campaign runs more of them.
@Suite("Fuzzed sessions and files")
struct FuzzTests {
  /// Where the built programs are: next to the tests.
  private static let folder: URL = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent()
  }()

  private func run(_ words: String...) throws -> String {
    try run(FuzzTests.folder.appendingPathComponent("sumi-fuzz").path, words)
  }

  /// What a run said; nothing when all was well and it had nothing to say.
  private func run(_ program: String, _ words: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = words
    process.environment = ["SWIFT_BACKTRACE": "enable=no"]
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? output : "\(output)status \(process.terminationStatus)"
  }

  @Test("sessions of drawn lines end as they should, whatever the lines", arguments: [1, 1_000_001])
  func sessions(seed: Int) throws {
    #expect(try run("sessions", "\(seed)", "60") == "", "sessions from seed \(seed)")
  }

  @Test("every reader returns or refuses, whatever the bytes", arguments: Reader.all.map(\.name))
  func files(name: String) throws {
    #expect(try run(name, "1", "300") == "", "\(name) from seed 1")
  }

  @Test("a seed gives the same session again")
  func replays() throws {
    let session = try run("session", "4711")
    #expect(session.split(separator: "\n").count > 3)
    #expect(try run("session", "4711") == session)
  }

  @Test("a fault is told with its seed, so that a run without words means that there was none")
  func faults() throws {
    #expect(try run("fault", "7").contains("died at fault 7"))
  }

  @Test("where there is no room for what OpenBLAS works in, a fit is refused; it does not wait for it")
  func noRoomForOpenBLAS() throws {
    let commands = "load digits train=200 test=10; add dense 10 softmax; compile sgd; fit 1 100"
    let sumi = FuzzTests.folder.appendingPathComponent("sumi").path
    let output = try run("/bin/bash", ["-c", "ulimit -v 320000 && exec '\(sumi)' --threads 2 -c '\(commands)'"])
    #expect(output.contains("OpenBLAS needs 271 MB of memory to work in on 2 threads"), "\(output)")
    #expect(output.hasSuffix("try: set threads 1\nstatus 1"), "\(output)")
  }
}
