import Engine
import TestSupport
import Testing

@testable import Workbench

@Suite("Commands for files of Keras's")
struct KerasFilesTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test("a model that goes on from a .keras has the same losses as one that went on")
  func goesOn() throws {
    var bench = Bench(.trained)
    bench.run("save model \(folder["m.keras"])")
    var other = Bench(.loaded)
    other.run("load model \(folder["m.keras"])")
    for line in ["fit 2 64 shuffle=no", "evaluate"] {
      bench.run(line)
      other.run(line)
    }
    #expect(other.session.history.map(\.training.loss) == bench.session.history.suffix(2).map(\.training.loss))
    #expect(other.session.evaluation?.loss == bench.session.evaluation?.loss)
    #expect(other.session.history.map(\.number) == [1, 2])
  }

  @Test("weights come back from .weights.h5 and from .keras, whatever the file is called")
  func weights() throws {
    var bench = Bench(.trained)
    let before = bench.session.network.map { network in network.tensors.map { network[$0] } }
    bench.run("save weights \(folder["w.weights.h5"])")
    bench.run("save model \(folder["m.keras"])")
    try folder.write(try folder.bytes("w.weights.h5"), to: "renamed")
    for name in ["w.weights.h5", "m.keras", "renamed"] {
      bench.run("reset")
      bench.run("load weights \(folder[name])")
      #expect(bench.session.network.map { network in network.tensors.map { network[$0] } } == before)
    }
  }

  static let refused: [(line: String, says: String)] = [
    ("save weights FOLDER/w.weights.h5 layout=torch", "an .h5 is Keras's"),
    ("save weights FOLDER/w.weights.h5 type=f16", "type=f16 is for .safetensors"),
    ("load weights FOLDER/m.keras layout=torch", "its layouts are; layout=torch is for .safetensors and .npz"),
    ("load model FOLDER/w.h5", "holds weights, but does not say of which model"),
    ("save model FOLDER/m.h5", "a model cannot be written as .h5"),
    ("load model FOLDER/text.keras", "is no zip archive but a text"),
    ("load model FOLDER/text.h5", "is no HDF5 file but a text"),
    ("load model FOLDER/missing.keras", "cannot be read: No such file"),
  ]

  @Test("what a file of Keras's does not hold, and what is none, is refused", arguments: refused)
  func isRefused(line: String, says: String) throws {
    var bench = Bench(.trained)
    bench.run("save model \(folder["m.keras"])")
    bench.run("save weights \(folder["w.weights.h5"])")
    try folder.write(try folder.bytes("w.weights.h5"), to: "w.h5")
    for name in ["text.keras", "text.h5"] { try folder.write("not a model at all\n", to: name) }
    let before = bench.session.network?.layers.count
    let diagnostic = try bench.refuse(line.replacing("FOLDER", with: folder.path))
    #expect(diagnostic.message.contains(says), "\(diagnostic.message)")
    #expect(bench.session.network?.layers.count == before)
  }

  @Test("a model for other examples, and examples for another model, are refused")
  func otherData() throws {
    var bench = Bench(.trained)
    bench.run("save model \(folder["m.keras"])")
    var other = Bench(.empty)
    other.run("load moons")
    #expect(try other.refuse("load model \(folder["m.keras"])").message.contains("moons has 2"))
    var empty = Bench(.empty)
    empty.run("load model \(folder["m.keras"])")
    #expect(try empty.refuse("load digits classes=3,7").message.contains("the network was built for"))
    empty.run("load digits train=100 test=10")
    empty.run("evaluate")
  }

  @Test("a schedule that Keras has not is told when the model is saved")
  func schedules() throws {
    var bench = Bench(.built)
    bench.run("compile sgd schedule=\"one_cycle 5batches\"")
    let outcome = try bench.told("save model \(folder["m.keras"])")
    #expect(outcome.notes.map(\.text).contains { $0.contains("one_cycle 5batches is left out") })
  }
}
