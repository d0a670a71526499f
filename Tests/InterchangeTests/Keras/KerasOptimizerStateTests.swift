import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("What optimizers remember, in Keras's files")
struct KerasOptimizerStateTests {
  private func network() throws -> Network {
    var network = Network(data: [2])
    try network.append(blank: try Layers.catalogue.value(of: "dense 3 softmax"))
    return network
  }

  private func trainer(_ line: String) throws -> Trainer {
    try Trainer(
      optimizer: try Optimizers.catalogue.value(of: line), loss: CategoricalCrossentropy(), metrics: [],
      network: try network(), targets: .classes(3))
  }

  /// A file with the optimizer's variables alone.
  private func file(_ trainer: Trainer, rate: Double?) throws -> HDF5File {
    let writer = try HDF5Writer(path: "a.h5")
    try KerasOptimizerState.write(trainer, rate: rate, of: try network(), into: writer)
    return try HDF5File(try writer.bytes(), path: "a.h5")
  }

  @Test(
    "variables lie in Keras's order",
    arguments: [
      ("adam amsgrad=yes", [0, 1, 0, 1, 2, 2]), ("rmsprop momentum=0.5 centered=yes", [0, 0, 2, 2, 1, 1]),
      ("adadelta", [0, 1, 0, 1]), ("sgd momentum=0.9", [0, 0]),
    ])
  func order(_ line: String, _ slots: [Int]) throws {
    var trainer = try trainer(line)
    let width = trainer.slots.count / trainer.optimizer.slotCount
    for index in trainer.slots.indices { trainer.slots[index] = Float(index / width) }
    let file = try file(trainer, rate: 0.5)
    #expect(file.arrays["optimizer/vars/1"]?.floats == [0.5])
    let found = slots.indices.map { file.arrays["optimizer/vars/\($0 + 2)"]?.floats.first.map { Int($0) } }
    #expect(found == slots)
  }

  @Test("a rate that training had changed comes back; where a schedule gives it there is none")
  func rate() throws {
    #expect(try KerasOptimizerState(try file(try trainer("adam"), rate: 0.01))?.rate == 0.01)
    #expect(try KerasOptimizerState(try file(try trainer("adam"), rate: nil))?.rate == nil)
  }

  @Test("what another optimizer remembers is refused, and no variables are none")
  func others() throws {
    let state = try #require(try KerasOptimizerState(try file(try trainer("adam"), rate: 0.1)))
    #expect(throws: Refusal("what its optimizer remembers is not laid out as Keras 3.15 lays it")) {
      try state.restored(try trainer("sgd"), of: try network())
    }
    #expect(try KerasOptimizerState(try HDF5File(try Goldens.bytes("double.h5"), path: "a")) == nil)
  }

  @Test("a count of updates that is none is refused")
  func count() throws {
    let writer = try HDF5Writer(path: "a.h5")
    try writer.add("optimizer/vars/0", integer: -1)
    let file = try HDF5File(try writer.bytes(), path: "a.h5")
    #expect(throws: Refusal("what its optimizer remembers does not begin with a count of updates")) {
      try KerasOptimizerState(file)
    }
  }
}
