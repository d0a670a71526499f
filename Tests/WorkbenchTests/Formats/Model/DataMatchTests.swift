import Engine
import Foundation
import TestSupport
import Testing

@testable import Datasets
@testable import Workbench

@Suite("A network beside other data")
struct DataMatchTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let network = ["add dense 8 tanh", "add dense 3 softmax", "compile adam lr=0.05"]

  /// Three kinds of flowers that two numbers tell apart.
  private static let rows = (0..<60).map { row in
    let kind = row % 3
    return ["\(Double(kind) + Double(row) / 200)", "\(Double((kind * 2) % 3) - Double(row) / 300)", kinds[kind]]
  }
  private static let kinds = ["lily", "rose", "tulip"]

  /// Writes a table of the flowers.
  private func table(
    _ name: String, _ rows: [[String]] = rows, columns: [Int] = [0, 1, 2], renamed: [String: String] = [:]
  ) throws -> String {
    let heading = ["length", "width", "kind"]
    let lines = ([heading] + rows).map { row in columns.map { renamed[row[$0]] ?? row[$0] }.joined(separator: ",") }
    return try folder.write(lines.joined(separator: "\n") + "\n", to: name)
  }

  private var reversed: [[String]] { DataMatchTests.rows.reversed() }

  /// A network that tells nearly all flowers apart.
  private func trained() throws -> Bench {
    var bench = Bench()
    for line in ["load \(try table("f.csv")) label=kind"] + DataMatchTests.network + ["fit 60"] { bench.run(line) }
    #expect(try accuracy(&bench) > 0.9)
    return bench
  }

  private func accuracy(_ bench: inout Bench) throws -> Double {
    bench.run("evaluate train")
    return try #require(bench.session.evaluation?["accuracy"])
  }

  private static let numbered = "the classes are numbered as the network knows them: lily, rose, tulip"

  @Test func `a model numbers the classes of data that were loaded before it, and says so`() throws {
    var bench = try trained()
    bench.run("save model \(folder["m.safetensors"])")
    bench = Bench()
    bench.run("load \(try table("r.csv", reversed)) label=kind")
    #expect(bench.session.dataset?.classes == ["tulip", "rose", "lily"])
    let notes = try bench.told("load model \(folder["m.safetensors"])").notes.map(\.text)
    #expect(notes.contains(DataMatchTests.numbered), "\(notes)")
    #expect(try accuracy(&bench) > 0.9)
  }

  @Test func `data that are loaded onto a model are numbered as it knows them`() throws {
    var bench = try trained()
    bench.run("save model \(folder["m.safetensors"])")
    bench = Bench()
    let told = try bench.told("load model \(folder["m.safetensors"])")
    #expect(told.nextLine == "load \(folder["f.csv"]) label=kind")
    let notes = try bench.told("load \(try table("r.csv", reversed)) label=kind").notes.map(\.text)
    #expect(notes.contains(DataMatchTests.numbered), "\(notes)")
    #expect(try accuracy(&bench) > 0.9)
    #expect(bench.session.dataset?.rows?.classes == DataMatchTests.kinds, "predict reads files by the same order")
  }

  @Test func `within a session other rows are numbered as before`() throws {
    var bench = try trained()
    bench.run("load \(try table("r.csv", reversed)) label=kind")
    #expect(try accuracy(&bench) > 0.9)
    bench.run("save data \(folder["s.csv"])")
    bench.run("load \(folder["s.csv"]) label=kind")
    #expect(try accuracy(&bench) > 0.9)
    bench.run("save data \(folder["s.npz"])")
    let told = try bench.told("load \(folder["s.npz"])").notes.map(\.text)
    #expect(told.contains { $0.contains("its outputs mean lily, rose, tulip, and are taken for 0, 1, 2") }, "\(told)")
    #expect(try accuracy(&bench) > 0.9, "arrays have the numbers of the session")
    bench.run("fit 1")
    bench.run("save model \(folder["n.safetensors"])")
    #expect(try accuracy(&bench) > 0.9)
    let named = try bench.told("load \(folder["f.csv"]) label=kind").notes.map(\.text)
    #expect(named.contains { $0.contains("its outputs mean 0, 1, 2, and are taken for lily, rose, tulip") }, "\(named)")
    #expect(try accuracy(&bench) > 0.9, "the table's classes stand in the same order")
  }

  @Test func `columns are put in the order that the network knows`() throws {
    var bench = try trained()
    let notes = try bench.told("load \(try table("c.csv", columns: [1, 0, 2])) label=kind").notes.map(\.text)
    #expect(notes.contains("the columns are in the order that the network knows: length, width"), "\(notes)")
    #expect(try accuracy(&bench) > 0.9)
    let others = try table("k.csv", renamed: ["length": "a", "width": "b"])
    #expect(
      try bench.told("load \(others) label=kind").notes.map(\.text).contains(
        "the network was trained on the columns length, width; it takes a, b for them"))
  }

  @Test func `classes of other names are refused by a trained network, with what to type`() throws {
    var bench = try trained()
    let other = try table("o.csv", renamed: ["lily": "iris", "rose": "aster"])
    let diagnostic = try bench.refuse("load \(other) label=kind")
    #expect(diagnostic.message.contains("to tell lily, rose, tulip apart"), "\(diagnostic.message)")
    #expect(diagnostic.message.contains("are iris, aster, tulip"), "\(diagnostic.message)")
    #expect(diagnostic.hint == "reset")
    bench.run("save model \(folder["m.safetensors"])")
    bench.run("reset")
    let notes = try bench.told("load \(other) label=kind").notes.map(\.text)
    #expect(notes.contains { $0.hasPrefix("the network's outputs were for lily, rose, tulip") }, "\(notes)")
    bench = Bench()
    bench.run("load blobs")
    #expect(try bench.refuse("load model \(folder["m.safetensors"])").hint == "load \(folder["f.csv"]) label=kind")
    bench.run("load \(folder["f.csv"]) label=kind")
    bench.run("load model \(folder["m.safetensors"])")
  }

  @Test func `what was learnt from some images is taken to others, and what the outputs mean is told`() throws {
    var bench = Bench(.trained)
    let digits = try #require(bench.session.dataset)
    var letters = digits
    letters.classes = "abcdefghij".map(String.init)
    let known = try #require(bench.session.learntFrom)
    let match = try DataMatch(letters, known: known, isTrained: true, hint: nil)
    #expect(match.notes.first?.text.contains("its outputs mean 0, 1, 2") == true)
    #expect(match.dataset.classes == letters.classes)
    bench.run("load digits train=30 test=10")
    #expect(try bench.told("load digits train=30 test=10").notes.isEmpty, "the same classes need no word")
  }

  @Test func `weights say what they were learnt from, and so does a model's file, whose other tensors are passed over`()
    throws
  {
    var bench = try trained()
    bench.run("save model \(folder["m.safetensors"])")
    bench.run("save weights \(folder["w.safetensors"])")
    for file in ["m.safetensors", "w.safetensors"] {
      var other = Bench()
      for line in ["load \(try table("r.csv", reversed)) label=kind"] + DataMatchTests.network { other.run(line) }
      let notes = try other.told("load weights \(folder[file])").notes.map(\.text)
      #expect(notes.contains(DataMatchTests.numbered), "\(file): \(notes)")
      #expect(try accuracy(&other) > 0.9)
    }
  }

  @Test func `a foreign file does not name its classes, so what they are taken for is told`() throws {
    var bench = try trained()
    let file = folder["k.keras"]
    let told = "the file does not name its classes; its outputs are taken for lily, rose, tulip, in this order"
    bench.run("save model \(file)")
    #expect(try bench.told("load model \(file)").notes.map(\.text).contains(told))
    bench = Bench()
    bench.run("load model \(file)")
    #expect(try bench.told("load \(folder["f.csv"]) label=kind").notes.map(\.text).contains(told))
    let notes = try bench.told("load \(table("r.csv", reversed)) label=kind").notes.map(\.text)
    #expect(notes.contains(DataMatchTests.numbered), "the first data that it met say what they mean")
  }

  @Test func `data are asked for by the line that loads them`() throws {
    var bench = try trained()
    bench.run("save model \(folder["m.safetensors"])")
    bench = Bench()
    bench.run("load model \(folder["m.safetensors"])")
    #expect(try bench.refuse("predict \(folder["f.csv"])").hint == "load \(folder["f.csv"]) label=kind")
    bench = Bench()
    for line in ["load moons", "add dense 2 softmax"] { bench.run(line) }
    #expect(try bench.refuse("load model \(folder["m.safetensors"])").hint == "remove all")
  }
}
