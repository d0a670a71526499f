import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("What a program reads, and where it finds it")
struct ProgramPartsTests {
  private let folder: Folder
  private let bench: Bench

  init() throws { (folder, bench) = (try Folder(), Bench(.empty)) }

  private func bench(_ lines: String...) -> Bench {
    var bench = self.bench
    for line in lines { bench.run(line.replacing("DIR", with: folder.path)) }
    return bench
  }

  @Test("examples that the session reads are never written over")
  func ownExamples() throws {
    var bench = bench(
      "load digits train=50 test=20", "save data DIR/mine.npz", "load DIR/mine.npz train=20 scale=standard",
      "add dense 10 softmax", "compile sgd", "fit 1")
    let before = try folder.bytes("mine.npz")
    for _ in 0..<2 {
      bench.run("save session \(folder["mine.py"])")
      #expect(folder.names == ["mine.data.npz", "mine.npz", "mine.py"])
    }
    #expect(try folder.bytes("mine.npz") == before)
    #expect(try folder.text("mine.py").contains("np.load(BESIDE / \"mine.data.npz\")"))
  }

  @Test("data that were read through a link are no sidecar either, whatever is forced")
  func links() throws {
    try FileManager.default.createDirectory(atPath: folder["sub"], withIntermediateDirectories: false)
    _ = bench("load digits train=50 test=20", "save data DIR/own.npz")
    try FileManager.default.createSymbolicLink(atPath: folder["sub/link.npz"], withDestinationPath: "../own.npz")
    let before = try folder.bytes("own.npz")
    var other = Bench(.empty)
    for line in ["load \(folder["sub/link.npz"]) train=20", "add dense 10 softmax", "compile sgd", "fit 1"] {
      other.run(line)
    }
    other.run("save session \(folder["own.py"]) force=yes")
    #expect(try folder.bytes("own.npz") == before)
    #expect(folder.names.contains("own.data.npz"))
  }

  @Test("weights that the session has written or reads are never written over")
  func ownWeights() throws {
    var bench = bench(
      "load digits train=50 test=20", "add dense 10 softmax", "save weights DIR/q.npz", "save weights DIR/r.npz",
      "save weights DIR/q.weights.npz", "load weights DIR/q.npz", "load weights DIR/q.weights.npz", "compile sgd",
      "fit 1")
    bench.run("save session \(folder["q.py"]) weights=yes")
    #expect(folder.names == ["q.data.npz", "q.npz", "q.py", "q.weights.npz", "q.weights2.npz", "r.npz"])
    let text = try folder.text("q.py")
    for file in ["q.npz", "q.weights.npz", "q.weights2.npz"] { #expect(text.contains("arrays(\"\(file)\")\n")) }
    // It is no archive of examples.
    bench.run("save session \(folder["r.py"])")
    #expect(folder.names.contains("r.data.npz"))
  }

  @Test("each data set that trains is loaded in its place, and its targets are held")
  func twoDataSets() throws {
    var bench = bench(
      "load digits train=20 test=50", "load digits train=200 test=50", "add dense 10 softmax", "compile adam",
      "fit 1 100", "load digits train=400 test=50", "fit 1 100")
    bench.run("save session \(folder["dg.py"])")
    #expect(folder.names == ["dg.data.npz", "dg.npz", "dg.py"])
    let text = try folder.text("dg.py")
    #expect(text.contains("# load digits train=20 test=50\n#   not done here: other data follow\n"))
    #expect(text.contains("# load digits train=200 test=50\ndata = np.load(BESIDE / \"dg.npz\")\n"))
    #expect(text.contains("# load digits train=400 test=50\ndata = np.load(BESIDE / \"dg.data.npz\")\n"))
    #expect(text.components(separatedBy: "\nt_train, t_test = ").count == 3)
    bench.run("save session \(folder["t.py"]) to=torch")
    #expect(try folder.text("t.py").components(separatedBy: "\nt_train = ").count == 3)
  }

  @Test("data that only gave a network its shape is not written")
  func shapeAlone() throws {
    var bench = bench(
      "load digits train=200 test=50", "add dense 10 softmax", "compile adam", "load digits train=400 test=50",
      "fit 1 100")
    bench.run("save session \(folder["dg.py"])")
    #expect(folder.names == ["dg.npz", "dg.py"])
    #expect(try folder.text("dg.py").components(separatedBy: "\nt_train, t_test = ").count == 2)
  }

  @Test("remove all begins a new model, for other data too")
  func removeAll() throws {
    var bench = bench(
      "load moons", "add dense 2 softmax", "compile sgd", "fit 1 100", "remove all", "load blobs",
      "add dense 3 softmax", "compile adam", "fit 1 100", "remove", "add dense 3 softmax", "compile adam", "fit 1 100",
      "evaluate")
    bench.run("save session \(folder["p.py"])")
    #expect(try folder.text("p.py").components(separatedBy: "\nmodel = keras.Sequential([").count == 4)
    bench.run("save session \(folder["t.py"]) to=torch")
    #expect(try folder.text("t.py").components(separatedBy: "\nmodel = nn.Sequential(").count == 4)
  }

  @Test("layers that are added to weights of a file are refused, as they would begin anew")
  func addedToWeights() throws {
    var bench = bench(
      "load digits train=50 test=20", "add dense 10 softmax", "save weights DIR/w.npz", "load weights DIR/w.npz",
      "add dense 10 softmax", "compile sgd")
    #expect(try bench.refuse("save session \(folder["p.py"])").message.contains("would begin with new weights"))
  }

  @Test("weights are found from the program, wherever the script that wrote it was run")
  func places() throws {
    try FileManager.default.createDirectory(atPath: folder["x/y"], withIntermediateDirectories: true)
    var bench = bench(
      "load digits train=50 test=20", "add dense 10 softmax", "save weights DIR/x/y/w.npz",
      "save weights DIR/x/v.npz")
    let lines = [
      "load digits train=50 test=20", "add dense 10 softmax", "load weights y/w.npz", "load weights v.npz",
      "save session y/p.py",
    ]
    try folder.write(lines.joined(separator: "\n"), to: "x/run.sumi")
    bench = self.bench
    bench.run("run \(folder["x/run.sumi"])")
    let text = try folder.text("x/y/p.py")
    #expect(text.contains("arrays(\"w.npz\")\n"))
    #expect(text.contains("arrays(\"\(ProgramFiles.real(folder["x/v.npz"]))\")\n"))
  }

  @Test("names of a cell are those of the working folder, not of the script that saves")
  func placesOfCells() {
    #expect(ProgramFiles.place("w.npz", beside: "p.py") == "w.npz")
    #expect(ProgramFiles.place("sub/w.npz", beside: "./p.py") == "sub/w.npz")
    #expect(ProgramFiles.place("/tmp/../tmp/w.npz", beside: "/tmp/p.py") == "w.npz")
    #expect(ProgramFiles.place("w.npz", beside: folder["p.py"]).hasPrefix("/"))
  }

  @Test("whole parts and many examples are predicted; pictures are left out, and why")
  func predictions() throws {
    var bench = bench(
      "load digits train=50 test=30", "add dense 10 softmax", "compile sgd", "predict 3 1 0..19", "predict train",
      "predict 2 test 4")
    bench.run("save session \(folder["p.py"])")
    let text = try folder.text("p.py")
    #expect(text.contains("# predict 3 1 0..19\nprint(model.predict(x_test[[3, 1, *range(0, 20)]]))\n"))
    #expect(text.contains("# predict train\nprint(model.predict(x_train))\n"))
    #expect(
      text.contains(
        "print(model.predict(x_test[[2]]))\nprint(model.predict(x_test))\nprint(model.predict(x_test[[4]]))\n"))
  }

  @Test("what is taken for what is counted for all classes, those too that the test examples lack")
  func confusion() throws {
    var bench = bench("load digits train=50 test=3", "add dense 10 softmax", "compile sgd", "fit 1", "confusion")
    bench.run("save session \(folder["p.py"])")
    #expect(try folder.text("p.py").contains("\nmatrix = np.zeros((10, 10), int)  # rows true, columns predicted\n"))
    bench.run("save session \(folder["t.py"]) to=torch")
    #expect(try folder.text("t.py").contains("\ncounts = torch.bincount(true * 10 + predicted, minlength=100)\n"))
  }

  @Test("what asks for means of K-fold validation is left out, as they are not there")
  func folds() throws {
    var bench = bench(
      "load digits train=50 test=30", "add dense 10 softmax", "compile sgd", "fit 1 folds=2",
      "expect val_accuracy >= 0")
    let answer = bench.run("save session \(folder["p.py"])")
    #expect(answer?.notes.map(\.text).last?.contains("it asks for means of K-fold validation") == true)
  }

  @Test("where the program cannot be written, nothing beside it is")
  func unwritable() throws {
    try FileManager.default.createDirectory(atPath: folder["p.py"], withIntermediateDirectories: true)
    var bench = bench("load digits train=50 test=30", "add dense 10 softmax", "compile sgd")
    _ = try bench.refuse("save session \(folder["p.py"]) force=yes")
    #expect(folder.names == ["p.py"])
  }
}
