import Engine
import Foundation
import Testing

@testable import Workbench

@Suite("fit with folds")
struct FitFoldsTests {
  @Test func `every fold is told, with mean and deviation, and the network is the one before`() throws {
    var bench = Bench(.compiled)
    let before = Footprint(bench.session).weights
    let answer = bench.outcome("fit 2 64 folds=3")
    let outcome = try #require(answer)
    #expect(Footprint(bench.session).weights == before && bench.session.history.isEmpty)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.result.utf8)) as? [String: Any])
    let folds = try #require(json["folds"] as? [[String: Double]])
    #expect(folds.count == 3)
    let losses = try folds.map { try #require($0["val_loss"]) }
    let mean = losses.reduce(0, +) / 3
    #expect(abs(try #require((json["mean"] as? [String: Double])?["val_loss"]) - mean) < 1e-12)
    let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(
      abs(try #require((json["deviation"] as? [String: Double])?["val_loss"]) - (squares / 2).squareRoot()) < 1e-12)
    #expect((json["history"] as? [String: [Double]])?["val_loss"]?.count == 2)
    #expect(outcome.text.contains("fold 3") && outcome.text.contains("deviation"))
    #expect(
      outcome.notes.map(\.text) == [
        "the session's network is the one before: folds only tell how well such a one learns"
      ])
  }

  @Test func `expect finds the means until the network changes`() throws {
    var bench = Bench(.compiled)
    bench.run("fit 1 64 folds=2")
    bench.run("expect val_accuracy >= 0")
    bench.run("compile sgd")
    _ = try bench.refuse("expect val_accuracy >= 0")
  }

  @Test func `expect finds the means beside what evaluate measured before`() throws {
    var bench = Bench(.trained)
    bench.run("evaluate")
    bench.run("fit 1 64 folds=2")
    bench.run("expect val_accuracy >= 0")
    bench.run("expect accuracy >= 0")
  }

  @Test func `a network that has learnt begins anew in every fold, and stays as it is`() throws {
    var (fresh, trained) = (Bench(.compiled), Bench(.compiled))
    trained.run("fit 20 32")
    let before = Footprint(trained.session).weights
    func loss(_ bench: inout Bench) throws -> Double {
      bench.run("fit 1 64 folds=3")
      return try #require(bench.session.measured.first { $0.name == "val_loss" }).value
    }
    let (first, again) = (try loss(&fresh), try loss(&trained))
    #expect(abs(first - again) < 0.3 * first)
    #expect(Footprint(trained.session).weights == before && trained.session.history.count == 20)
    let outcome = trained.outcome("fit 1 64 folds=3")
    #expect(outcome?.notes.first?.text == "the network has learnt already, so each fold began from new weights, the same "
      + "for all")
  }

  @Test func `a fold whose loss is not finite ends all of them`() throws {
    var bench = Bench(.compiled)
    bench.run("compile sgd lr=1e30")
    let message = try bench.refuse("fit 3 64 folds=3").message
    #expect(message.hasPrefix("fold 1 of 3: the loss was not finite at batch "))
    #expect(message.hasSuffix(" so the folds cannot be compared; try a smaller learning rate"))
  }

  @Test func `the same seed gives the same folds`() {
    var (one, other) = (Bench(.compiled), Bench(.compiled))
    #expect(one.outcome("fit 1 64 folds=3")?.result == other.outcome("fit 1 64 folds=3")?.result)
  }

  @Test func `what cannot be is refused`() throws {
    var bench = Bench(.compiled)
    #expect(
      try bench.refuse("fit 1 folds=3 validation=0.1").message.hasPrefix("folds= validates with each part in turn"))
    #expect(try bench.refuse("fit 9 64 folds=3 batches=1").hint == "fit 9 64 folds=3")
    #expect(try bench.refuse("fit 1 folds=1").message.contains("from 2 to 1000"))
    #expect(try bench.refuse("fit 1 folds=500").message == "300 examples cannot be cut into 500 parts")
    #expect(try bench.refuse("fit 2 16 folds=500").hint == "fit 2 16 folds=300")
    #expect(try bench.refuse("fit 7 16 folds=4 validation=0.1").hint == "fit 7 16 folds=4")
  }

  @Test func `a stop leaves everything as it was`() throws {
    var bench = Bench(.compiled)
    let before = Footprint(bench.session).weights
    bench.stopsAfter = 3
    #expect(try bench.refuse("fit 5 64 folds=3").message == "stopped before the end; nothing has changed")
    #expect(Footprint(bench.session).weights == before)
  }
}
