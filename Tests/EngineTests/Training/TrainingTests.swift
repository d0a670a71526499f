import Foundation
import Grammar
import Testing

@testable import Engine

@Suite struct TrainingTests {
  /// Without shuffling, so that a twin sees the same batches.
  static func plain(_ epochs: Int, _ batch: Int) -> Training {
    var training = Training(epochs: epochs, batch: batch)
    training.shuffles = false
    return training
  }

  /// One dense layer with softmax, trained once more naively and in double precision.
  struct Twin {
    var kernel: [Double]
    var bias = [0.0, 0, 0]

    /// The probabilities of the classes.
    func forward(_ x: [Double]) -> [Double] {
      let powers = (0..<3).map { unit in
        exp(x.indices.reduce(bias[unit]) { $0 + x[$1] * kernel[3 * $1 + unit] })
      }
      return powers.map { $0 / powers.reduce(0, +) }
    }

    /// One update by the mean gradient of a batch.
    mutating func update(_ batch: [(x: [Double], label: Int)], rate: Double) {
      let outputs = batch.map { forward($0.x) }
      for (example, output) in zip(batch, outputs) {
        for unit in 0..<3 {
          let outputGradient = (output[unit] - (unit == example.label ? 1 : 0)) / Double(batch.count)
          bias[unit] -= rate * outputGradient
          for (place, x) in example.x.enumerated() { kernel[3 * place + unit] -= rate * outputGradient * x }
        }
      }
    }
  }

  @Test("training is that of the twin, with an uneven last batch and Keras's running means")
  func twin() throws {
    var scene = try Scene(["dense 3 softmax"], optimizer: "sgd lr=0.5", count: 22)
    let (kernel, bias) = (scene.network.tensors[0], scene.network.tensors[1])
    var twin = Twin(kernel: scene.network[kernel].map { Double($0) })
    let examples = (0..<22).map { row in
      (x: scene.examples.bytes(of: row).map { Double($0) / 255 }, label: scene.examples.labels[row])
    }
    let outcome = try scene.fit(Self.plain(3, 8))
    for epoch in outcome.epochs {
      // Each example's loss before the update of its batch; their mean over all examples, not over batches.
      var (loss, right) = (0.0, 0)
      for start in stride(from: 0, to: 22, by: 8) {
        let batch = Array(examples[start..<min(start + 8, 22)])
        for example in batch {
          let output = twin.forward(example.x)
          loss -= log(output[example.label])
          right += output.firstIndex(of: output.max() ?? 0) == example.label ? 1 : 0
        }
        twin.update(batch, rate: 0.5)
      }
      #expect(abs(epoch.training.loss - loss / 22) < 1e-5)
      #expect(epoch.training["accuracy"] == Double(right) / 22)
      #expect(epoch.batches == 3)
    }
    for (value, expected) in zip(scene.network[kernel], twin.kernel) { #expect(isNear(value, expected, within: 1e-4)) }
    for (value, expected) in zip(scene.network[bias], twin.bias) { #expect(isNear(value, expected, within: 1e-4)) }
  }

  @Test("what is learnt has the same bits at any number of threads")
  func threads() throws {
    let states = try [1, 2, 3, 7].map { threads in
      var scene = try Scene(
        ["dense 70 relu", "dropout 0.3", "dense 3 softmax"], optimizer: "adam", shape: [24, 24],
        limits: GradientLimits(clipNorm: 0.5))
      let outcome = try scene.fit(Training(epochs: 2, batch: 16), threads: threads)
      return (scene.state, outcome.epochs, scene.random)
    }
    for state in states {
      #expect(state.0 == states[0].0)
      #expect(state.1 == states[0].1)
      #expect(state.2 == states[0].2)
    }
  }

  @Test("training learns")
  func learns() throws {
    var scene = try Scene()
    let before = try scene.score()
    let outcome = try scene.fit(Training(epochs: 20, batch: 8))
    let after = try scene.score()
    #expect(after.loss < 0.5 * before.loss)
    #expect(after["accuracy"] == 1)
    #expect(outcome.epochs.map(\.number) == Array(1...20))
  }

  @Test("an interrupted run keeps what was learnt, and batches= replays it to the same bits", arguments: [1, 4, 7, 10])
  func interrupt(batch: Int) throws {
    var (stopped, replayed) = (try Scene(optimizer: "adam"), try Scene(optimizer: "adam"))
    let before = stopped.state
    let outcome = try stopped.fit(Training(epochs: 3, batch: 16), stopsAfter: batch)
    #expect(outcome.end == .interrupted)
    #expect(outcome.batches == batch)
    #expect(stopped.state != before)
    var training = Training(epochs: 3, batch: 16)
    training.batches = outcome.batches
    let replay = try replayed.fit(training)
    #expect(replayed.state == stopped.state)
    #expect(replayed.random == stopped.random)
    #expect(replay.epochs == outcome.epochs)
    #expect(outcome.epochs.last?.batches == (batch - 1) % 4 + 1)
  }

  @Test("a stop asked for with the last batch is no interruption")
  func stopAtEnd() throws {
    var scene = try Scene()
    let outcome = try scene.fit(Training(epochs: 2, batch: 16), stopsAfter: 8)
    #expect(outcome.end == .finished)
    #expect(outcome.epochs.count == 2)
  }

  @Test("training on after an interruption goes on counting updates")
  func goesOn() throws {
    var scene = try Scene(optimizer: "adam")
    try scene.fit(Training(epochs: 1, batch: 16), stopsAfter: 2)
    try scene.fit(Training(epochs: 1, batch: 16))
    #expect(scene.trainer.steps == 6)
  }

  @Test(
    "validation takes the last part, and measures it after the epoch", arguments: [(0.1, 45), (0.25, 37), (0.5, 25)])
  func validation(share: Double, trained: Int) throws {
    var scene = try Scene()
    var training = Training(epochs: 1, batch: 8)
    training.validation = .share(share)
    let outcome = try scene.fit(training)
    #expect(outcome.rows.train == Array(0..<trained))
    #expect(outcome.rows.validation == Array(trained..<50))
    let epoch = try #require(outcome.epochs.first)
    let score = try scene.score(outcome.rows.validation)
    #expect(epoch.validation == score)
    #expect(epoch.training.count == trained)
    #expect(epoch.batches == (trained + 7) / 8)
  }

  @Test("rows that validate teach nothing")
  func heldBack() throws {
    var (with, without) = (try Scene(count: 50), try Scene(count: 50))
    var training = Self.plain(2, 8)
    training.validation = .share(0.2)
    try with.fit(training)
    let first = without.examples.first(40)
    _ = try Self.plain(2, 8).run(
      &without.network, &without.trainer, on: first, random: &without.random, threads: Threads(count: 1),
      watch: Training.TrainingObserver(now: { 0 }))
    #expect(with.network.values == without.network.values)
  }

  @Test("shuffling gives every epoch an order of its own, and the same seed the same ones")
  func shuffles() throws {
    var (first, again, straight) = (try Scene(), try Scene(), try Scene())
    try first.fit(Training(epochs: 2, batch: 8))
    try again.fit(Training(epochs: 2, batch: 8))
    try straight.fit(Self.plain(2, 8))
    #expect(first.state == again.state)
    #expect(first.state != straight.state)
  }

  @Test("a batch larger than the examples is one batch of all")
  func largeBatch() throws {
    var (large, whole) = (try Scene(), try Scene())
    let outcome = try large.fit(Self.plain(1, 1000))
    try whole.fit(Self.plain(1, 50))
    #expect(outcome.batches == 1)
    #expect(large.state == whole.state)
  }

  @Test("a refused run leaves the weights, the optimizer and the random numbers alone")
  func refused() throws {
    var scene = try Scene(optimizer: "adam")
    let (state, random) = (scene.state, scene.random)
    var nothing = Training(epochs: 1)
    nothing.validation = .share(0.999)
    #expect(throws: Refusal.self) { try scene.fit(nothing) }
    var unknown = Training(epochs: 1)
    unknown.until = try Condition.kind.value("recall>=0.5")
    #expect(throws: Refusal.self) { try scene.fit(unknown) }
    #expect(scene.state == state)
    #expect(scene.random == random)
    #expect(scene.trainer.steps == 0)
  }

  @Test("a loss that is not finite ends the run with weights that gave a finite one", arguments: ["mse", "huber"])
  func notFinite(loss: String) throws {
    var scene = try Scene(["dense 8", "dense 3"], optimizer: "sgd lr=1e30", loss: loss)
    let outcome = try scene.fit(Training(epochs: 3, batch: 16))
    guard case .notFinite = outcome.end else {
      Issue.record("the run ended with \(outcome.end)")
      return
    }
    let values = scene.network.values
    #expect(values.allSatisfy { $0.isFinite })
    #expect(outcome.batches < 12)
  }

  @Test("until ends the run after the epoch that fulfils it")
  func until() throws {
    var scene = try Scene()
    var training = Training(epochs: 50, batch: 8)
    training.until = try Condition.kind.value("accuracy>=0.9")
    let outcome = try scene.fit(training)
    #expect(outcome.end == .fulfilled)
    let figures = outcome.epochs.map { $0.training["accuracy"] ?? 0 }
    #expect((figures.last ?? 0) >= 0.9)
    #expect(figures.dropLast().allSatisfy { $0 < 0.9 })
  }
}
