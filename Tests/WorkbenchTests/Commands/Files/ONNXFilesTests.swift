import Engine
import Grammar
import TestSupport
import Testing

@testable import Workbench

@Suite("Commands for files of ONNX")
struct ONNXFilesTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// Two classes of rows, in the order of a list.
  private func table(_ classes: [String]) -> String {
    "x,y,what\n" + (0..<12).map { "\($0),\($0 % 5),\(classes[$0 % 2])\n" }.joined()
  }

  @Test("a model whose file names its classes takes data in the order that it knows")
  func classes() throws {
    try folder.write(table(["cat", "dog"]), to: "a.csv")
    try folder.write(table(["dog", "cat"]), to: "b.csv")
    var bench = Bench(.empty)
    for line in ["load \(folder["a.csv"]) label=what", "add dense 2 softmax", "save model \(folder["m.onnx"])"] {
      bench.run(line)
    }
    for lines in [["load FOLDER/b.csv label=what", "load model FOLDER/m.onnx"],
      ["load model FOLDER/m.onnx", "load FOLDER/b.csv label=what"]] {
      var other = Bench(.empty)
      let notes = lines.compactMap { other.run($0.replacing("FOLDER", with: folder.path))?.notes.map(\.text) }
      #expect(notes.joined().contains("the classes are numbered as the network knows them: cat, dog"))
      #expect(other.session.dataset?.classes == ["cat", "dog"])
    }
  }

  @Test("a model that takes bytes says so where the data are others")
  func bytes() throws {
    var bench = Bench(.built)
    bench.run("save model \(folder["m.onnx"]) pixels=yes")
    let takes = "it takes bytes from 0 to 255, which are numbers from 0 to 1 here"
    func notes(_ bench: inout Bench) -> [String] {
      bench.run("load model \(folder["m.onnx"])")?.notes.map(\.text).filter { $0.hasPrefix("it takes") } ?? []
    }
    #expect(notes(&bench) == [])
    var empty = Bench(.empty)
    #expect(notes(&empty) == [takes])
    bench.run("remove all")
    bench.run("load digits scale=none")
    #expect(
      notes(&bench)
        == ["\(takes); those of digits go up to 255.0, and what it predicts of them is not what it would there"])
  }
}
