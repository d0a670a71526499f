import Engine
import Foundation
import Glibc
import Testing
@testable import Workbench

@testable import sumi

@Suite("Sessions that are kept")
struct RecoveryTests {
  private let home: Home
  private let recovery: Recovery
  private let folder: String

  init() throws {
    home = try Home()
    folder = home.path + "/state"
    recovery = Recovery(folder: folder)
  }

  /// A session with one command.
  private static let session: Session = {
    var runner = Runner(session: Session(seed: Seed(7, isDrawn: false)), host: Host())
    _ = runner.run("seed 5")
    return runner.session
  }()

  @Test func `three that are kept in the same second have names of their own, and all are told`() throws {
    let notes = (0..<3).map { _ in recovery.keep(RecoveryTests.session) }
    let kept = recovery.untold()
    #expect(kept.count == 3 && Set(kept.map(\.script)).count == 3)
    for (note, session) in zip(notes, kept) { #expect(note == "the session is kept; to go on: run \(session.script)") }
    #expect(Recovery.lines(kept).last == "the last session was cut off; to go on: run \(kept[2].script)")
    for session in kept { #expect(try String(contentsOfFile: session.script, encoding: .utf8).contains("seed 5")) }
    #expect(recovery.all().map(\.script) == kept.map(\.script))
    #expect(recovery.all().allSatisfy { $0.commands == 1 && $0.reason == "was cut off" && $0.age < 60 })
    recovery.markTold(kept)
    #expect(recovery.untold().isEmpty && recovery.all().count == 3)
    var runner = Runner(session: RecoveryTests.session, host: Host())
    runner.host.keptSessions = recovery.all
    #expect(runner.run("sessions")?.nextLine == "run \(kept[2].script)")
    #expect(home.names(in: "state").filter { $0.hasSuffix(".sumi") }.count == 3)
  }

  @Test func `processes that are cut off at once lose none`() throws {
    let folder = folder
    DispatchQueue.concurrentPerform(iterations: 12) { _ in
      _ = Recovery(folder: folder).keep(RecoveryTests.session)
    }
    #expect(recovery.untold().count == 12)
  }

  @Test func `so many are kept and no more, and what was told of goes after a month`() throws {
    for _ in 0..<Recovery.maximum + 3 { _ = recovery.keep(RecoveryTests.session) }
    let kept = recovery.untold()
    #expect(kept.count == Recovery.maximum)
    recovery.markTold(Array(kept.dropLast()))
    for session in kept { age(session.script, days: 31) }
    recovery.markTold([])
    #expect(recovery.untold() == [kept[kept.count - 1]])
    #expect(home.names(in: "state").filter { $0.hasSuffix(".sumi") }.count == 1)
  }

  private func age(_ path: String, days: Int) {
    let old = timespec(tv_sec: time(nil) - days * 86_400, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, path, [old, old], 0) == 0)
  }

  @Test func `one that was left on purpose is told as that`() throws {
    _ = recovery.keep(RecoveryTests.session, as: .left)
    #expect(Recovery.lines(recovery.untold()).first?.contains("was left with training that is not saved") == true)
  }

  @Test func `where none is kept the list says so`() {
    var runner = Runner(session: RecoveryTests.session, host: Host())
    #expect(runner.run("sessions")?.pictures.first?.text() == "no session was kept\n")
  }

  @Test func `a folder that cannot be made is told, and an empty session is not kept`() throws {
    #expect(Recovery(folder: "/proc/none").keep(RecoveryTests.session)?.contains("the session is lost") == true)
    #expect(recovery.keep(Session(seed: Seed(1, isDrawn: true))) == nil)
    #expect(Recovery(folder: nil).untold().isEmpty)
  }
}
