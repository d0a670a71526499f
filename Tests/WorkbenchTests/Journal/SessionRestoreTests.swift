import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("A session whose journal, checkpoints or data are not as they were")
struct SessionRestoreTests {
  private static func trained() throws -> Keeper {
    let keeper = try Keeper()
    keeper.run(
      "load digits train=200 test=50", "add dense 10 softmax", "compile adam", "fit 1 50", "evaluate", "fit 1 50")
    return keeper
  }

  @Test("a journal that is cut anywhere gives what was committed before the cut") func cut() throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let path = try first.folder + "/journal"
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    for length in stride(from: 0, to: bytes.count, by: 97) {
      try Data(bytes[..<length]).write(to: URL(fileURLWithPath: path))
      let next = try Keeper(home: first.home)
      let whole = bytes[..<length].count { $0 == UInt8(ascii: "\n") }
      let outcome = next.outcome("resume")
      if whole < 3 { continue }
      #expect(outcome?.diagnostic == nil, "\(length): \(outcome?.diagnostic?.message ?? "")")
      next.journal.letGo()
    }
  }

  @Test("a journal with a bit that flipped is told, and gives what came before", arguments: [40, 400, 900, 1500])
  func flipped(place: Int) throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let path = try first.folder + "/journal"
    var bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[place] ^= 4
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let next = try Keeper(home: first.home)
    let outcome = next.outcome("resume")
    if place == 40 {
      #expect(next.kept.all().first?.state.text == "cannot be read")
      #expect(outcome?.diagnostic != nil)
    } else {
      #expect(outcome?.notes.contains { $0.text.contains("the journal is damaged behind") } == true)
    }
  }

  @Test("a damaged checkpoint is told, and what it held is trained again", arguments: [8, 100, -5])
  func damagedCheckpoint(place: Int) throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let folder = try first.folder
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".safetensors") }
    #expect(files.count == 2)
    for file in files {
      let url = URL(fileURLWithPath: "\(folder)/\(file)")
      let bytes = try Data(contentsOf: url)
      var damaged = bytes
      if place < 0 { damaged.removeLast(-place) } else { damaged[place] ^= 0x55 }
      try damaged.write(to: url)
    }
    let next = try Keeper(home: first.home)
    let outcome = next.run("resume")
    #expect(outcome?.notes.first?.text.hasPrefix("a checkpoint cannot be used: ") == true)
    #expect(next.session.essence == first.session.essence)
  }

  @Test("without its last checkpoint a session goes on from the one before") func olderCheckpoint() throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let folder = try first.folder
    let contents = try JournalContents(folder + "/journal")
    try FileManager.default.removeItem(atPath: "\(folder)/\(contents.cells[5].key).safetensors")
    let next = try Keeper(home: first.home)
    let outcome = next.run("resume")
    #expect(outcome?.notes.first?.text == "what fit 1 50 learnt is not there any more, so it is trained again")
    #expect(outcome?.answer?.json.text.contains("\"ran\":1") == true)
    #expect(next.session.essence == first.session.essence)
  }

  @Test("a fit that is trained again and cut off again runs once in the end") func againAndAgain() throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let folder = try first.folder
    for cell in try JournalContents(folder + "/journal").cells.suffix(3) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(cell.key).safetensors")
    }
    let second = try Keeper(home: first.home)
    second.cutOff("resume", after: 2)
    second.journal.letGo()
    #expect(second.kept.all().first?.commands == 3)
    let third = try Keeper(home: first.home)
    third.run("resume")
    #expect(third.session.essence == first.session.essence)
  }

  @Test func `a fit that is trained again, cut off again and undone leaves the random choices as they were`() throws {
    let lines = [
      "load digits train=200 test=50", "add dense 10 softmax", "compile adam", "fit 1 50", "undo", "fit 2 50",
    ]
    let unbroken = try Keeper()
    for line in lines { unbroken.run(line) }
    let first = try Keeper()
    for line in lines.prefix(4) { first.run(line) }
    first.journal.letGo()
    let folder = try first.folder
    let key = try #require(try JournalContents(folder + "/journal").cells.last?.key)
    try FileManager.default.removeItem(atPath: "\(folder)/\(key).safetensors")
    let second = try Keeper(home: first.home)
    second.cutOff("resume", after: 2)
    second.journal.letGo()
    let third = try Keeper(home: first.home)
    third.run("resume")
    for line in lines.suffix(2) { third.run(line) }
    #expect(third.session.essence == unbroken.session.essence)
  }

  @Test func `comments stay before their lines, whether those ran, were cut off or waited`() throws {
    let home = try Folder()
    let text = """
      # The data.
      load digits train=200 test=50
      add dense 10 softmax

      # How it learns.
      compile adam
      # First
      # and longest.
      fit 3 50
      # How good it is.
      evaluate
      # Once more.
      fit 1 50

      """
    let script = try home.write(text, to: "s.sumi")
    let first = try Keeper()
    first.cutOff("run \(script)", after: 3)
    first.journal.letGo()
    let second = try Keeper(home: first.home)
    second.run("resume")
    second.journal.letGo()
    let folder = try first.folder
    for cell in try JournalContents(folder + "/journal").cells {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(cell.key).safetensors")
    }
    let third = try Keeper(home: first.home)
    third.run("resume")
    for session in [second.session, third.session] {
      #expect(session.cells.flatMap { $0.narration + [$0.line] }.joined(separator: "\n") + "\n" == text)
    }
  }

  @Test("a checkpoint that is missing in the middle only shortens undo") func gap() throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let folder = try first.folder
    let contents = try JournalContents(folder + "/journal")
    try FileManager.default.removeItem(atPath: "\(folder)/\(contents.cells[3].key).safetensors")
    let next = try Keeper(home: first.home)
    next.run("resume")
    #expect(next.session.essence == first.session.essence)
    #expect(next.session.past.count == 1)
  }

  @Test("a journal of a newer version is refused with both numbers") func newer() throws {
    let first = try SessionRestoreTests.trained()
    first.journal.letGo()
    let path = try first.folder + "/journal"
    let file = try JournalFile(path)
    var began = JournalRecord.Began(seed: "1", isSeedDrawn: false)
    began.version = 9
    try file.append(JournalRecord(began: began), isSynced: true)
    let next = try Keeper(home: first.home)
    let title = try #require(next.kept.all().first).title
    #expect(next.outcome("resume \(title)")?.diagnostic?.message.hasSuffix(
      "is a journal of version 9, and this program knows versions up to 1") == true)
    #expect(next.run("sessions")?.notes.first?.text.contains("version 9") == true)
  }

  @Test("data that changed are told; data that are gone leave the network") func data() throws {
    let folder = try Folder()
    let rows = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 2 == 0 ? "even" : "odd")" }
    let file = try folder.write((["a,b,c"] + rows).joined(separator: "\n") + "\n", to: "d.csv")
    let first = try Keeper()
    first.run("load \(file) label=c", "add dense 2 softmax", "compile adam", "fit 1 16")
    first.journal.letGo()
    try folder.write((["a,b,c"] + rows.reversed()).joined(separator: "\n") + "\n", to: "d.csv")
    let changed = try Keeper(home: first.home)
    let notes = changed.run("resume")?.notes.map(\.text) ?? []
    #expect(notes.contains { $0.contains("holds other examples now than when the session was kept") })
    changed.journal.letGo()
    try FileManager.default.removeItem(atPath: file)
    let gone = try Keeper(home: first.home)
    let diagnostic = try #require(gone.outcome("resume")?.diagnostic)
    #expect(diagnostic.message.contains("its network with all it has learnt can be had without them"))
    let next = try #require(diagnostic.nextLine)
    #expect(next.hasPrefix("load model "))
    gone.run(next)
    #expect(gone.session.history.count == 1)
  }

  @Test("a session that another program is at is not taken") func taken() throws {
    let first = try SessionRestoreTests.trained()
    let next = try Keeper(home: first.home)
    let title = try #require(first.kept.all().first).title
    #expect(next.outcome("resume \(title)")?.diagnostic?.message == "another program is at the session \(title)")
    #expect(next.outcome("sessions remove \(title)")?.diagnostic != nil)
  }

  @Test func `data that were put in the network's order are in it again`() throws {
    let folder = try Folder()
    let rows = (0..<40).map { "\($0 % 2),\($0 % 2 == 0 ? "rose" : "lily")\n" }
    let (first, second) = (
      try folder.write("x,kind\n" + rows.joined(), to: "a.csv"),
      try folder.write("x,kind\n" + rows.reversed().joined(), to: "b.csv")
    )
    let keeper = try Keeper()
    keeper.run(
      "load \(first) label=kind", "add dense 2 softmax", "compile adam lr=0.1", "fit 9", "load \(second) label=kind",
      "evaluate")
    #expect(keeper.session.dataset?.classes == ["rose", "lily"])
    let next = try keeper.next()
    next.run("resume")
    #expect(next.session.dataset?.classes == ["rose", "lily"])
    next.run("evaluate")
    #expect(next.session.evaluation == keeper.session.evaluation)
  }
}
