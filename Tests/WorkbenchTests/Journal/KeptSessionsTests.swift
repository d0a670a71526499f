import Foundation
import Glibc
import TestSupport
import Testing

@testable import Workbench

@Suite("Sessions that are kept")
struct KeptSessionsTests {
  private static func kept(_ home: Folder? = nil, _ lines: String...) throws -> Keeper {
    let keeper = try Keeper(home: home)
    for line in lines.isEmpty ? ["load digits train=64 test=32"] : lines { keeper.run(line) }
    return keeper
  }

  @Test("the list tells what each holds and how it ended") func list() throws {
    let home = try Folder()
    let lines = ["load digits train=64 test=32", "add dense 10 softmax", "compile adam", "fit 1 32"]
    let left = try Keeper(home: home)
    for line in lines { left.run(line) }
    #expect(left.close(.left)?.hasPrefix("the session is kept") == true)
    let ended = try KeptSessionsTests.kept(home)
    #expect(ended.close(.ended) == nil)
    let cut = try Keeper(home: home)
    for line in lines.dropLast() { cut.run(line) }
    cut.cutOff("fit 3 32", after: 1)
    cut.journal.letGo()
    let now = try KeptSessionsTests.kept(home)
    let all = now.kept.all()
    #expect(all.map(\.state.text) == [
      "was left with training that is not saved", "ended", "was cut off in fit 3 32", "is running",
    ])
    #expect(all[0].status?.epochs == 1 && all[0].status?.data == "digits" && all[0].status?.network == "784→10")
    let outcome = try #require(now.run("sessions"))
    #expect(outcome.nextLine == all[2].line)
    let text = (outcome.answer?.shown ?? []).map { $0.text() }.joined()
    #expect(text.contains("was left unsaved") && text.contains("was cut off in fit") && text.contains("is this one"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(now.kept.untold().map(\.id) == [all[0].id, all[2].id])
    #expect(now.outcome("resume \(all[3].title)")?.diagnostic?.message == "the session \(all[3].title) is this one")
    let news = try #require(now.kept.news())
    #expect(news.lines == [
      "a session was left with training that is not saved; to go on: resume \(all[0].id)",
      "the last session was cut off in fit 3 32; to go on: resume",
    ])
    #expect(news.next == "resume")
    now.kept.markTold(news.sessions)
    #expect(now.kept.untold().isEmpty && now.kept.news() == nil)
    // One that was gone on with, and is cut off again, is news again.
    now.run("resume")
    let later = try now.next()
    #expect(later.kept.news()?.next == "resume")
  }

  @Test("where none is kept the list says so") func none() throws {
    #expect(try Keeper().run("sessions")?.answer?.shown.first?.text() == "no session was kept\n")
    #expect(KeptSessions([:]).all().isEmpty)
  }

  @Test("one is named by save session, renamed and removed") func names() throws {
    let keeper = try KeptSessionsTests.kept()
    let file = keeper.home["two words.sumi"]
    keeper.run("save session '\(file)'")
    #expect(keeper.kept.all().map(\.title) == ["two words"])
    let next = try keeper.next()
    next.run("resume 'two words'")
    #expect(next.session.dataset?.name == "digits")
    let last = try next.next()
    last.run("sessions rename 'two words' work")
    #expect(last.kept.all().map(\.title) == ["work"])
    let unknown = last.outcome("sessions remove wrok")?.diagnostic
    #expect(unknown?.message == "no session is called \"wrok\"; did you mean work?")
    last.run("sessions remove work")
    #expect(last.kept.all().isEmpty)
  }

  @Test("a folder in which nothing was begun is no session, and goes") func blank() throws {
    let keeper = try KeptSessionsTests.kept()
    let orphan = try keeper.folder + "-2"
    try FileManager.default.createDirectory(atPath: orphan, withIntermediateDirectories: true)
    #expect(keeper.kept.all().count == 1)
    keeper.kept.sweep()
    #expect(FileManager.default.fileExists(atPath: orphan))
    let old = timespec(tv_sec: time(nil) - 100, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, orphan, [old, old], 0) == 0)
    keeper.kept.sweep()
    #expect(!FileManager.default.fileExists(atPath: orphan) && keeper.kept.all().count == 1)
  }

  @Test("a session that a program is at is not swept, and one that is only looked at can be taken") func locks() throws {
    let home = try Folder()
    let running = try KeptSessionsTests.kept(home)
    running.kept.sweep(leaving: 0)
    #expect(running.kept.all().map(\.state) == [.running])
    running.journal.letGo()
    let folder = JournalFolder(try running.folder)
    let looks = Thread { for _ in 0..<2000 { _ = folder.isLocked } }
    looks.start()
    for _ in 0..<50 { #expect(try folder.take() != nil) }
    while !looks.isFinished { usleep(1000) }
    running.kept.sweep(leaving: 0)
    #expect(running.kept.all().isEmpty)
  }

  @Test("two are not called the same") func unique() throws {
    let first = try KeptSessionsTests.kept()
    first.run("sessions rename \(try #require(first.journal.title)) digits")
    let second = try KeptSessionsTests.kept(first.home)
    let title = try #require(second.journal.title)
    let taken = second.outcome("sessions rename \(title) digits")?.diagnostic
    #expect(taken?.message == "another session is called digits")
    #expect(second.outcome("sessions rename \(title) ''")?.diagnostic != nil)
  }

  @Test("so many are kept and no more, and what is old goes") func bounds() throws {
    let home = try Folder()
    for index in 0..<KeptSessions.maximum + 3 {
      let keeper = try KeptSessionsTests.kept(home, "seed \(index)")
      _ = keeper.close(.ended)
    }
    let kept = KeptSessions(["XDG_STATE_HOME": home.path])
    kept.sweep()
    #expect(kept.all().count == KeptSessions.maximum)
    let old = timespec(tv_sec: time(nil) - 31 * 86_400, tv_nsec: 0)
    for session in kept.all().dropLast() {
      #expect(utimensat(AT_FDCWD, session.folder + "/journal", [old, old], 0) == 0)
    }
    kept.sweep()
    #expect(kept.all().count == 1)
  }
}
