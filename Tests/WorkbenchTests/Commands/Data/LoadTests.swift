import Engine
import Foundation
import TestSupport
import Testing

@testable import Datasets
@testable import Workbench

@Suite("load and data")
struct LoadTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `a table is loaded with its parts, and what was found out is told`() throws {
    var bench = Bench()
    let outcome = bench.outcome("load \(try folder.flowers()) label=kind scale=standard")
    #expect(
      outcome?.text.hasSuffix("16 training and 4 test examples, 2 numbers, 2 classes, from a table of 20 rows\n")
        == true)
    #expect(outcome?.result.hasSuffix(#""train":16,"test":4,"shape":[2],"classes":2}"#) == true)
    #expect(outcome?.notes.first?.text == "\(folder["f.csv"]): 20 rows of 3 columns between commas, a heading")
    let dataset = try #require(bench.session.dataset)
    let mean = (0..<16).reduce(0) { $0 + dataset.train.numbers(of: $1)[0] } / 16
    #expect(abs(mean) < 1e-5)
  }

  @Test func `a share or a file for testing goes only with data that are cut`() throws {
    var bench = Bench()
    #expect(
      try bench.refuse("load moons test=0.2").message
        == "moons has test examples of its own; test= takes how many of them to keep")
    #expect(try bench.refuse("load digits test=x.csv").hint == "load digits test=100")
    bench.run("load \(try folder.flowers()) label=kind test=0.5")
    #expect(bench.session.dataset?.test.count == 10)
    bench.run("load \(try folder.flowers()) label=kind test=3 train=5")
    #expect(bench.session.dataset?.test.count == 3 && bench.session.dataset?.train.count == 5)
  }

  @Test func `some classes are kept, the first of them`() throws {
    var bench = Bench()
    bench.run("load digits classes=3,7 train=20 test=10")
    let dataset = try #require(bench.session.dataset)
    #expect(dataset.classes == ["3", "7"] && dataset.train.count == 20 && dataset.test.count == 10)
    #expect(try bench.refuse("load digits classes=3,x").message.contains("no class is called \"x\""))
  }

  @Test func `that there are fewer examples than are wanted is told`() throws {
    var bench = Bench()
    let notes = bench.outcome("load digits train=60001 test=20")?.notes.map(\.text)
    #expect(notes == ["train=60001: digits has no more than 60,000"])
    #expect(bench.outcome("load digits train=20 test=20")?.notes.isEmpty == true)
  }

  @Test func `nothing changes when a file is refused, whatever it is`() throws {
    var bench = Bench(.trained)
    let before = Footprint(bench.session).weights
    for line in ["load none.csv label=x", "load \(folder.path)/", "load \(folder["none.npz"])", "load ./nowhere"] {
      _ = try bench.refuse(line)
    }
    #expect(Footprint(bench.session).weights == before && bench.session.dataset?.name == "digits")
  }

  @Test func `data tells of numbers, words and values`() throws {
    var bench = Bench()
    bench.run("load \(try folder.flowers()) label=kind")
    let table = bench.outcome("data")
    #expect(table?.text.contains("numbers 0 … 38, ") == true && table?.text.contains("none missing") == true)
    #expect(table?.text.contains("length") == true && table?.text.contains("rose") == true)
    bench = Bench()
    bench.run("load sine train=100 test=50")
    let values = bench.outcome("data")
    #expect(values?.text.contains("sin x") == true && values?.text.contains("deviation") == true)
    #expect(
      values?.result.contains(
        #""labels":[],"train_counts":[],"test_counts":[],"values":[{"name":"training","count":100,"#) == true)
  }

  @Test func `small numbers are told with their power of ten, and a mean that is 0 but for rounding as 0`() throws {
    var bench = Bench()
    let rows = (0..<30).map { "\(Double($0) * 1e-6),\($0 % 2 == 0 ? "p" : "q")\n" }
    let file = try folder.write("a,y\n" + rows.joined(), to: "tiny.csv")
    bench.run("load \(file) label=y")
    let text = try bench.told("data").text
    #expect(text.contains(#/numbers \S+ … 2\.\de-05/#) && text.contains("e-06"))
    #expect(try bench.told("show data 3").text.contains("e-0"))
    bench.run("load \(file) label=y scale=standard")
    #expect(try !bench.told("data").text.contains("e-"))
  }

  @Test func `classes of unequal size are told`() throws {
    var bench = Bench()
    let path = try folder.write("x,y\n" + (0..<50).map { "\($0),\($0 < 40 ? "many" : "few")\n" }.joined(), to: "u.csv")
    bench.run("load \(path) label=y")
    #expect(
      bench.outcome("data")?.text.contains(
        "classes are unequal: 32 examples of many, 8 of few; who always says many is right in 80.0 % of the tests")
        == true)
  }

  @Test("what is typed is written so that it reads back", arguments: [
    "load fashion-mnist scale=none", "load fashion-mnist", "load digits scale=minmax",
    "load a.csv label=kind scale=none", "load a.csv label=\"none\"",
  ])
  func readsBack(line: String) throws {
    let command = try #require(try Statement(line)).command
    let written = try #require(Commands.catalogue.line(command))
    #expect("\(try #require(try Statement(written)).command)" == "\(command)")
  }

  @Test("the name of a form that a file stands for is no name of a data set")
  func formsOfFiles() throws {
    var bench = Bench()
    #expect(try bench.refuse("load FILE.npz o").message.contains("FILE.npz"))
  }

  /// Arrays with a test part of their own.
  private func arrays() throws -> String {
    var bench = Bench()
    bench.run("load moons train=40 test=20")
    bench.run("save data \(folder["own.npz"])")
    return folder["own.npz"]
  }

  @Test(arguments: ["test=0.1", "test=none/such.npz", "labels=nope.npy"])
  func `what arrays with a test part cannot use is refused, with a line that can be`(words: String) throws {
    let path = try arrays()
    var bench = Bench()
    let hint = try #require(try bench.refuse("load \(path) \(words)").hint)
    bench.run(hint)
    #expect(bench.session.dataset?.test.count == 20)
  }

  @Test func `the seed is told only where it decides which examples test`() throws {
    let path = try arrays()
    var bench = Bench(session: Session(seed: Seed(3, isDrawn: true)))
    #expect(try bench.told("load \(path)").notes.isEmpty)
    let notes = try bench.told("load \(folder.flowers()) label=kind").notes
    #expect(notes.contains { $0.text.hasPrefix("seed 3 was drawn") })
    bench.run("load \(path) test=5")
    #expect(bench.session.dataset?.test.count == 5)
  }

  @Test func `what trains is mixed by the seed where another file tests`() throws {
    var bench = Bench()
    let test = try folder.write("length,width,kind\n1,2,rose\n9,8,lily\n", to: "t.csv")
    bench.run("load \(try folder.flowers(60)) label=kind test=\(test)")
    let dataset = try #require(bench.session.dataset)
    #expect(Set(dataset.train.labels.suffix(12)) == [0, 1] && dataset.test.labels == [0, 1])
    #expect((0..<60).allSatisfy { (dataset.train.numbers(of: $0)[0] < 30) == (dataset.train.labels[$0] == 0) })
  }

  @Test func `a model brings back the line of its data, and other examples under the same name are told`() throws {
    let (table, model) = (try folder.flowers(), folder["m.safetensors"])
    var bench = Bench()
    let line = "load \(table) test=0.3 scale=standard label=kind"
    for line in [line, "add dense 2 softmax", "compile adam", "fit 2 8", "save model \(model)"] { bench.run(line) }
    var other = Bench()
    let loaded = try other.told("load model \(model)")
    #expect(loaded.nextLine?.contains("scale=standard") == true && loaded.nextLine?.contains("test=0.3") == true)
    let next = try #require(loaded.nextLine)
    #expect(try !other.told(next).notes.contains { $0.text.contains("other examples") })
    #expect(other.session.dataset?.fingerprint() == bench.session.dataset?.fingerprint())
    let note = "the network has learnt from other examples of \(table), or from the same prepared otherwise"
    for line in ["load \(table) label=kind", "load \(table) label=kind scale=minmax"] {
      #expect(try other.told(line).notes.contains { $0.text.hasPrefix(note) })
    }
  }

  @Test func `a line in a model's file is offered only where it loads`() throws {
    var data = ModelDescription.Data(unnamed: "x.csv", classes: ["a", "b"])
    data.isForeign = nil
    for (line, offered) in [
      ("load y.csv", "load y.csv"), ("load y.csv > z", "load x.csv"), ("data", "load x.csv"), ("load ;", "load x.csv"),
      ("reset", "load x.csv"),
    ] {
      data.load = line
      #expect(data.line == offered)
    }
  }

  @Test func `a table's label stays in the line that is to be typed next`() throws {
    var bench = Bench()
    let hint = try #require(try bench.refuse("load \(folder.flowers(4)) label=kind test=9").hint)
    #expect(hint.hasSuffix("label=kind") || hint.contains(" label=kind"), "\(hint)")
    bench.run(hint)
    #expect(try bench.refuse("load \(folder.flowers()) label=kind ignore=kind").message.contains("cannot be left out"))
  }

  @Test func `a column with a comma in its name is left out by what its note says`() throws {
    let rows = (0..<30).map { "w\($0),\($0),\($0 % 2)\n" }.joined()
    let path = try folder.write("\"a,b\",c,y\n" + rows, to: "n.csv")
    var bench = Bench()
    let note = try #require(try bench.told("load \(path) label=y").notes.first { $0.text.contains("ignore=") })
    #expect(note.text.contains("; ignore=\"a,b\" leaves it out"))
    bench.run("load \(path) label=y ignore=\"a,b\"")
    #expect(bench.session.dataset?.columns == ["c"])
    let script = try #require(try Statement("load \(path) label=y ignore=\"a,b\",c classes=\"1,5\",2")).command
    let written = try #require(Commands.catalogue.line(script))
    #expect("\(try #require(try Statement(written)).command)" == "\(script)" && written.contains("ignore=\"a,b\",c"))
  }

  @Test func `a folder or a file of another ending is told how it is named`() throws {
    var bench = Bench()
    for name in ["f", "plain.data"] {
      let says = try bench.refuse("load \(name)").message
      #expect(says.contains(".csv .tsv .txt") && says.hasSuffix("a folder by the / in it, as in ./\(name)"), "\(says)")
    }
  }

  @Test func `a network of another shape is told once what the data are`() throws {
    var bench = Bench(.built)
    #expect(
      try bench.refuse("load moons").message
        == "the network was built for examples of 28×28, and moons has 2 numbers, 2 classes")
  }
}
