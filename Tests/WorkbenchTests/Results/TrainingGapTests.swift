import Testing

@testable import Workbench

@Suite struct TrainingGapTests {
  @Test("fit and evaluate that differ on the same examples are explained", arguments: [
    ("add dropout 0.5", "fit 2 64", ["with dropout at work", "while the weights still changed"]),
    ("add batchnorm", "fit 1 64", ["own mean and variance in batchnorm"]),
    ("add maxpool2d 2", "fit 1 64 validation=0.2", ["without the examples that only validated"]),
  ])
  func explained(layer: String, fit: String, parts: [String]) throws {
    var bench = Bench(.loaded)
    for line in [layer, "add flatten", "add dense 10 softmax", "compile rmsprop", fit] { bench.run(line) }
    let notes = try bench.told("evaluate train").notes.map(\.text).joined()
    for part in parts { #expect(notes.contains(part), "\(notes)") }
  }

  @Test func `test examples are others, so nothing is explained`() throws {
    var bench = Bench(.trained)
    let notes = try bench.told("evaluate test").notes
    #expect(notes == [])
  }
}
