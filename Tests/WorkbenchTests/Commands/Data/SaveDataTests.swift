import Engine
import Foundation
import TestSupport
import Testing

@testable import Datasets
@testable import Workbench

@Suite("save data")
struct SaveDataTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test(arguments: ["x.npz", "x.csv"]) func `what is saved loads as the same`(name: String) throws {
    var bench = Bench()
    bench.run("load moons train=40 test=20 noise=0.2")
    let before = try #require(bench.session.dataset)
    bench.run("save data \(folder[name])")
    bench.run("load \(folder[name])" + (name.hasSuffix("csv") ? " label=class" : ""))
    let after = try #require(bench.session.dataset)
    #expect(after.train.count + after.test.count == 60 && after.shape == [2])
    func rows(_ dataset: Dataset) -> [[Float]] {
      [dataset.train, dataset.test].flatMap { part in
        (0..<part.count).map { row in part.numbers(of: row) + [Float(part.labels[row])] }
      }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    // Classes of a table are numbered by their numbers, as they were.
    #expect(rows(after) == rows(before))
  }

  @Test func `bytes and values are saved as they are`() throws {
    var bench = Bench(.loaded)
    bench.run("save data \(folder["d.npz"])")
    let digits = try #require(bench.session.dataset)
    bench = Bench()
    bench.run("load \(folder["d.npz"])")
    #expect(bench.session.dataset?.train.labels == digits.train.labels)
    #expect(bench.session.dataset?.test.bytes(of: 7) == digits.test.bytes(of: 7))
    #expect(bench.session.dataset?.shape == [28, 28])
    bench = Bench()
    bench.run("load sine train=30 test=20")
    bench.run("save data \(folder["s.npz"])")
    bench.run("load \(folder["s.npz"])")
    #expect(bench.session.dataset?.targets == .values(1))
  }

  @Test func `that a saved table is divided anew is told`() throws {
    var bench = Bench()
    bench.run("load \(try folder.flowers()) label=kind")
    let notes = try bench.told("save data \(folder["s.csv"])").notes.map(\.text)
    #expect(
      notes.first == "the first 16 rows are the training examples, which a table does not keep: "
        + "load \(folder["s.csv"]) label=kind puts others aside to test with; .npz keeps the parts")
  }

  @Test func `the line that is typed next writes beside the data that are loaded, not over them`() throws {
    let path = try folder.flowers()
    var bench = Bench()
    bench.run("load \(path) label=kind")
    try folder.write("mine", to: "f-2.csv")
    let hint = try #require(try bench.refuse("save data \(path)").hint)
    #expect(hint == "save data \(folder["f-3.csv"])")
    bench.run(hint)
    bench.run("save data \(path) force=yes")
  }
}
