import Testing

@testable import Engine

@Suite("Evaluations that are stopped")
struct EvaluationTests {
  @Test("a stop before the end gives nothing, and leaves nothing changed")
  func stopped() throws {
    let scene = try Scene(count: 1200)
    let values = scene.network.values
    var asked = 0
    let evaluation = try Evaluation(
      scene.network, scene.trainer, scene.examples, threads: Threads(count: 1)
    ) {
      asked += 1
      return asked > 1
    }
    #expect(try evaluation.run(scene.network) == nil)
    #expect(asked == 2)
    #expect(try evaluation.predict(scene.network) == nil)
    #expect(scene.network.values == values)
  }

  @Test("an epoch whose validation was stopped is kept without it, and is not taken for the best")
  func validation() throws {
    var scene = try Scene(count: 100)
    var training = Training(epochs: 3, batch: 20)
    training.validation = .share(0.2)
    training.restoresBest = true
    let outcome = try scene.fit(training, stopsAfter: 6)
    #expect(outcome.end == .interrupted)
    #expect(outcome.epochs.count == 2)
    #expect(outcome.epochs.map { $0.validation == nil } == [false, true])
    #expect(outcome.best == 1)
  }
}
