import Engine
import Files
import Pictures
import TestSupport
import Testing

@testable import Workbench

@Suite struct LedgerTests {
  private let folder: Folder
  private var environment: [String: String] { ["HOME": folder.path, "XDG_STATE_HOME": folder["state"]] }

  init() throws { folder = try Folder() }

  private final class Told { var texts: [String] = [] }

  private func entries() throws -> [LedgerEntry] { try Ledger(environment)?.entries() ?? [] }

  private func bench(_ stage: Bench.Stage = .compiled) -> Bench {
    var bench = Bench(stage)
    bench.environment = environment
    bench.runner.observers = [LedgerObserver(environment) { 100 }]
    return bench
  }

  @Test func `every fit is entered, with what led to it and the lines that give it again`() throws {
    var bench = bench()
    bench.run("fit 2 64")
    bench.run("compile adam lr=0.01")
    bench.run("fit 1 32 validation=0.1")
    let entries = try entries()
    #expect(entries.map(\.number) == [1, 2] && entries.map(\.epochs) == [2, 1])
    #expect(
      entries[0].setting("network") == "dense 16 relu, dense 10 softmax" && entries[0].setting("data") == "digits")
    #expect(
      entries[0].setting("optimizer") == "rmsprop" && entries[1].setting("optimizer") == "adam learning_rate=0.01")
    #expect(entries[1].setting("fit") == "1 32 validation=0.1" && entries[1].best.name == "val_loss")
    #expect(entries[0].curve.count == 2 && entries[0].setting("hash") == entries[1].setting("hash"))
    let list = try bench.told("runs").text
    #expect(list.contains("adam learning_rate=0.01") && list.contains("rmsprop"))
    #expect(try bench.told("runs where optimizer=adam").result.contains("\"total\":1"))
    let difference = try bench.told("runs diff 1 2").text
    #expect(difference.contains("optimizer") && !difference.contains("network"), "only what differs")
    let best = try bench.told("runs best").result
    #expect(best.contains("\"total\":2"))
  }

  @Test func `the best of fits with losses of several kinds is the best by what all of them tell`() throws {
    var bench = bench()
    bench.run("fit 3 64")
    bench.run("compile rmsprop loss=mse")
    bench.run("reset; fit 1 300")
    let outcome = try bench.told("runs best")
    let accuracies = try entries().map { $0.figures.last?.value ?? 0 }
    #expect(accuracies[0] > accuracies[1])
    #expect(outcome.result.contains(#""runs":[{"number":1,"#))
    #expect(outcome.notes.map(\.text) == ["in the order of their last accuracy, as they go by losses of several kinds"])
    #expect(try bench.told("runs best optimizer=adam").text.contains("none of 2 fits is one of these"))
    let curves = try bench.told("show runs").answer?.pictures.count
    #expect(curves == 3, "a picture for each kind of loss, and the table")
  }

  @Test func `a run is given back as a script that makes it again`() throws {
    var bench = bench()
    bench.run("fit 2 64")
    let loss = bench.session.history.last?.training.loss
    bench.run("runs 1 > \(folder["again.sumi"])")
    var other = Bench()
    #expect(other.replay(try Script(file: folder["again.sumi"])).ending == .finished)
    #expect(other.session.history.last?.training.loss == loss)
  }

  @Test func `show runs draws them on one axis`() throws {
    var bench = bench()
    bench.run("fit 3 64")
    bench.run("reset")
    bench.run("fit 2 64")
    let outcome = try bench.told("show runs 1 2")
    #expect(outcome.text.contains("1 rmsprop") && outcome.text.contains("2 rmsprop"))
  }

  @Test func `fits are sorted by any column, those without it last`() throws {
    var bench = bench()
    for line in ["fit 2 64 validation=0.1", "compile adam", "fit 3 64"] { bench.run(line) }
    let endless = Figure("loss", .nan)
    let last = LedgerEntry(
      number: 3, settings: [.init(name: "optimizer", value: "sgd")], epochs: 1, seconds: 1, figures: [endless],
      best: endless, curve: [], script: [])
    let all = try entries() + [last]
    #expect(all.count == 3)
    func numbers(_ order: String) throws -> [Int] { try RunOrder(order, among: all).sorted(all).map(\.number) }
    #expect(try numbers("epochs") == [3, 1, 2] && numbers("-epochs") == [2, 1, 3])
    #expect(try numbers("optimizer") == [2, 1, 3] && numbers("-optimizer") == [3, 1, 2])
    #expect(try numbers("number") == [1, 2, 3] && numbers("-number") == [3, 2, 1] && numbers("seed") == [1, 2, 3])
    #expect(try numbers("val_loss") == [1, 2, 3] && numbers("-val_loss") == [1, 2, 3])
    #expect(try numbers("best").last == 3 && numbers("-loss").last == 3, "what is no number is neither best nor worst")
    #expect(try bench.told("runs sort=-epochs last=1").result.contains(#""runs":[{"number":2,"#))
    #expect(try bench.refuse("runs sort=epoch").message == "no fit has a column \"epoch\"; did you mean epochs?")
    #expect(try bench.refuse("runs sort=xyz").message.contains("there are: number, time, data, hash, network, "))
  }

  @Test(arguments: [20, 60, 80, 100, 200]) func `the table of runs fits into the terminal`(width: Int) throws {
    var bench = bench()
    bench.run("compile adam lr=0.001 clipnorm=1 loss=categorical_crossentropy")
    bench.run("fit 1 64 validation=0.1 patience=3 restore_best=yes")
    let list = RunList(entries: try entries(), total: 1, all: 1).pictures
    let lines = list.flatMap { $0.lines(on: Canvas(width: width, hasColour: false, wraps: true)) }.map(\.text)
    #expect(lines.allSatisfy { $0.columns <= max(width, 64) }, "\(lines)")
    #expect(lines[0].hasSuffix("…") == (width < 150) && lines[0].contains("last"))
    let piped = list.flatMap { $0.lines(on: Canvas(width: width, hasColour: false)) }.map(\.text)
    #expect(piped[0].contains("seconds") && piped.joined().contains("restore_best=yes"))
  }

  @Test(arguments: [
    ("runs 7", "no fit has"), ("runs x", "runs has no"), ("runs diff 1", "two fits"), ("show runs 3", "no fit has"),
    ("runs where nonsense", "runs knows no \"nonsense\""), ("runs best of 3", "knows no \"of\""),
    ("summary > a.sumi", "no script"), ("runs > b.sumi", "no script"),
  ])
  func `what is not there is refused`(line: String, says: String) throws {
    var bench = bench()
    bench.run("fit 1 64")
    let message = try bench.refuse(line.replacing("> ", with: "> \(folder.path)/")).message
    #expect(message.contains(says), "\(message)")
  }

  @Test func `a ledger of another version, or one that is none, hinders no fit and is left as it is`() throws {
    try Folders.make(folder["state/sumi"])
    let path = "state/sumi/runs.sqlite"
    for bytes in [Array("this is no database, and it is long enough to be read as one".utf8)] {
      try folder.write(bytes, to: path)
      var bench = bench()
      let told = Told()
      bench.runner.observers = [LedgerObserver(environment, time: { 0 }) { told.texts.append($0) }]
      for _ in 0..<2 { bench.run("fit 1 64") }
      #expect(bench.session.history.count == 2)
      #expect(told.texts.count == 1 && told.texts[0].hasPrefix("this fit is not among the runs: "))
      #expect(try bench.refuse("runs").message.contains("cannot be used"))
      #expect(try folder.bytes(path) == bytes)
    }
    try folder.write([], to: path)
    try Database(folder[path]).run("PRAGMA user_version = 9")
    var bench = bench()
    bench.run("fit 1 64")
    #expect(try bench.refuse("runs").message.contains("version 9"))
    #expect(bench.session.history.count == 1)
  }

  @Test func `without a home there is no ledger, and the work goes on`() throws {
    var bench = Bench(.compiled)
    bench.environment = ["HOME": ""]
    bench.runner.observers = [LedgerObserver(["HOME": ""]) { 0 }]
    bench.run("fit 1 64")
    #expect(try bench.told("runs").text == "no fit has been entered yet\n")
  }

  @Test func `many writers at once lose nothing`() async throws {
    var bench = bench()
    bench.run("fit 1 64")
    let entry = try #require(try entries().first)
    let environment = environment
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { for _ in 0..<25 { #expect(throws: Never.self) { try Ledger(environment)?.enter(entry) } } }
      }
    }
    #expect(try entries().count == 101)
  }
}
