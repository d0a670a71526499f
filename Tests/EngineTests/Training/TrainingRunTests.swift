import Grammar
import Testing

@testable import Engine

@Suite struct TrainingRunTests {
  /// A scene whose weights stay as they are, as its steps are too small for single precision.
  static func still(schedule: String = "constant") throws -> Scene {
    var scene = try Scene()
    scene.trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value("sgd lr=1e-30"), loss: CategoricalCrossentropy(), metrics: [Accuracy()],
      schedule: try Schedules.catalogue.value(schedule), network: scene.network, targets: .classes(3))
    return scene
  }

  @Test("patience ends the run after so many epochs without a better loss, as in Keras", arguments: [1, 2, 5])
  func patience(epochs: Int) throws {
    var scene = try Self.still()
    var training = TrainingTests.plain(20, 16)
    training.patience = epochs
    let outcome = try scene.fit(training)
    // Keras 3.15 EarlyStopping: the first epoch is the best, and so many follow it.
    #expect(outcome.epochs.count == 1 + epochs)
    #expect(outcome.end == .patience(epochs))
    #expect(outcome.best == 1)
  }

  @Test("restore_best leaves the weights of the epoch with the best loss of validation")
  func restoreBest() throws {
    var (restored, stopped) = (try Scene(optimizer: "sgd lr=6"), try Scene(optimizer: "sgd lr=6"))
    var training = Training(epochs: 12, batch: 8)
    training.validation = .share(0.4)
    training.restoresBest = true
    let outcome = try restored.fit(training)
    let losses = outcome.epochs.map(\.monitored)
    let best = try #require(outcome.best)
    #expect(losses[best - 1] == losses.min())
    try #require(best < 12, "the last epoch is not the best: \(losses)")
    training.epochs = best
    training.restoresBest = false
    try stopped.fit(training)
    #expect(restored.network.values == stopped.network.values)
  }

  @Test("class_weight=balanced gives the losses and weights of Keras with the same weights")
  func classWeight() throws {
    let bytes: [UInt8] = [255, 0, 0, 255, 255, 255, 51, 102, 0, 204]
    let examples = Examples(shape: [2], pixels: Bytes(bytes), labels: [0, 0, 0, 1, 0], classes: 2)
    var (network, random) = (Network(data: [2]), Random(seed: 1))
    try network.append(try Layers.catalogue.value("dense 2 softmax kernel_initializer=zeros"), random: &random)
    var trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value("sgd lr=0.5"), loss: CategoricalCrossentropy(), metrics: [Accuracy()],
      network: network, targets: .classes(2))
    var training = TrainingTests.plain(3, 2)
    training.classWeight = .balanced
    let outcome = try training.run(
      &network, &trainer, on: examples, random: &random, threads: Threads(count: 1),
      watch: Training.TrainingObserver(now: { 0 }))
    // Keras 3.15.1: fit(epochs=3, batch_size=2, shuffle=False, class_weight={0: 5 / 8, 1: 5 / 2}).
    let losses = [0.79616982, 0.78527224, 0.77265632]
    for (epoch, loss) in zip(outcome.epochs, losses) {
      #expect(abs(epoch.training.loss - loss) < 1e-6)
      #expect(epoch.training["accuracy"] == 0.6)
    }
    let kernel = [0.12534538, -0.12534540, 0.30345994, -0.30345994]
    for (value, keras) in zip(network[network.tensors[0]], kernel) { #expect(isNear(value, keras, within: 1e-5)) }
    for (value, keras) in zip(network[network.tensors[1]], [-0.06469984, 0.06469987]) {
      #expect(isNear(value, keras, within: 1e-5))
    }
  }

  @Test(
    "a loss that is not finite is named by its batch, and the weights are those before",
    arguments: [
      // Batches an epoch, and the batch at which the first update shows.
      (16, 1, 2), (50, 2, 1),
    ])
  func notFinite(size: Int, epoch: Int, batch: Int) throws {
    var scene = try Scene(["dense 8", "dense 3"], optimizer: "sgd lr=1e30", loss: "mse")
    let before = scene.network.values
    let outcome = try scene.fit(TrainingTests.plain(3, size))
    #expect(outcome.end == .notFinite(epoch: epoch, batch: batch))
    #expect(scene.network.values == before)
    #expect(scene.trainer.steps == 0)
    #expect(outcome.epochs.isEmpty)
  }

  @Test("the history keeps the rate of each epoch's last update")
  func rates() throws {
    var scene = try Self.still()
    var training = TrainingTests.plain(3, 16)
    training.schedule = try Schedules.catalogue.value("step 1 0.5")
    let outcome = try scene.fit(training)
    #expect(outcome.epochs.map(\.learningRate) == [1e-30, 0.5e-30, 0.25e-30])
  }

  @Test("a schedule of fit begins anew with every fit, one of compile goes on")
  func schedules() throws {
    var scene = try Self.still(schedule: "step 1 0.5")
    try scene.fit(TrainingTests.plain(2, 16))
    let second = try scene.fit(TrainingTests.plain(1, 16))
    #expect(second.epochs.map(\.learningRate) == [0.25e-30])
    var training = TrainingTests.plain(1, 16)
    training.schedule = try Schedules.catalogue.value("step 1 0.5")
    #expect(try scene.fit(training).epochs.map(\.learningRate) == [1e-30])
  }

  @Test("reduce_on_plateau of compile counts the epochs of earlier fits")
  func plateau() throws {
    let line = "reduce_on_plateau patience=2 factor=0.5"
    var (whole, parts) = (try Self.still(schedule: line), try Self.still(schedule: line))
    let rates = try whole.fit(TrainingTests.plain(6, 16)).epochs.map(\.learningRate)
    #expect(rates == [1e-30, 1e-30, 1e-30, 0.5e-30, 0.5e-30, 0.25e-30])
    var epochs = SharedList<Epoch>()
    for count in [2, 3, 1] {
      let watch = Training.TrainingObserver(now: { 0 })
      epochs.append(contentsOf: try TrainingTests.plain(count, 16).run(
        &parts.network, &parts.trainer, on: parts.examples, past: epochs[...], random: &parts.random,
        threads: Threads(count: 1), watch: watch
      ).epochs)
    }
    #expect(epochs.map(\.learningRate) == rates)
  }

  @Test(arguments: [true, false]) func `the last update of a fit is looked at too`(isOneBatch: Bool) throws {
    var scene = try Scene(["dense 8", "dense 3"], optimizer: "sgd lr=1e30", loss: "mse")
    let before = scene.network.values
    let outcome = try scene.fit(TrainingTests.plain(1, isOneBatch ? 50 : 49))
    #expect(outcome.end == .notFinite(epoch: 1, batch: isOneBatch ? 1 : 2))
    #expect(scene.network.values == before)
    #expect(try scene.score().loss.isFinite)
  }

  @Test(arguments: ["0", "0.2"]) func `restore_best never brings spoilt weights back`(share: String) throws {
    for size in [16, 50] {
      var scene = try Scene(["dense 8", "dense 3"], optimizer: "sgd lr=1e30", loss: "mse")
      var training = TrainingTests.plain(3, size)
      training.restoresBest = true
      if share != "0" { training.validation = .share(0.2) }
      let outcome = try scene.fit(training)
      guard case .notFinite = outcome.end else {
        Issue.record("the run ended with \(outcome.end)")
        continue
      }
      #expect(scene.network.values.isFinite)
      #expect(try scene.score().loss.isFinite)
    }
  }

  @Test func `a first batch that is not finite leaves moving statistics as they were`() throws {
    var scene = try Scene(["rescaling 1e38", "batchnorm", "flatten", "dense 3 softmax"])
    let before = scene.state
    let outcome = try scene.fit(TrainingTests.plain(2, 16))
    #expect(outcome.end == .notFinite(epoch: 1, batch: 1))
    #expect(scene.state == before)
    #expect(outcome.epochs.isEmpty && outcome.best == nil)
  }

  @Test func `statistics that overflow behind a finite loss are found at the end of the epoch`() throws {
    // Squares of 1e25 are infinite, and x / infinity is 0: the loss never tells.
    var scene = try Scene(["rescaling 1e25", "batchnorm", "flatten", "dense 3 softmax"])
    let before = scene.state
    let outcome = try scene.fit(TrainingTests.plain(2, 16))
    guard case .notFinite = outcome.end else {
      Issue.record("the run ended with \(outcome.end)")
      return
    }
    #expect(scene.state == before)
  }

  @Test func `weights that nothing reads are found too when they are not finite`() throws {
    var scene = try Scene(["dense 3 softmax"], optimizer: "sgd lr=0.1", limits: GradientLimits(weightDecay: 1e38))
    let outcome = try scene.fit(TrainingTests.plain(2, 16))
    guard case .notFinite = outcome.end else {
      Issue.record("the run ended with \(outcome.end)")
      return
    }
    #expect(scene.network.values.isFinite && scene.trainer.slots.isFinite)
  }

  /// What a line in a saved session has to give again.
  static func interrupted(_ training: Training, schedule: String, at batch: Int) throws -> (first: Scene, again: Scene)
  {
    func scene() throws -> Scene {
      var scene = try Scene(optimizer: "adam lr=0.05")
      scene.trainer = try Trainer(
        optimizer: scene.trainer.optimizer, loss: CategoricalCrossentropy(), metrics: [Accuracy()],
        schedule: try Schedules.catalogue.value(schedule), network: scene.network, targets: .classes(3))
      return scene
    }
    var (first, again) = (try scene(), try scene())
    let outcome = try first.fit(training, stopsAfter: batch)
    #expect(outcome.end == .interrupted)
    var replay = training
    replay.batches = outcome.interruption
    let replayed = try again.fit(replay)
    #expect(replayed.epochs == outcome.epochs)
    #expect(replayed.best == outcome.best)
    // And what follows: the schedule of `compile` goes by all epochs so far.
    for (scene, epochs) in [(0, outcome.epochs), (1, replayed.epochs)] {
      func go(_ scene: inout Scene) throws {
        _ = try training.run(
          &scene.network, &scene.trainer, on: scene.examples, test: scene.examples, past: epochs[...], random: &scene.random,
          threads: Threads(count: 1), watch: Training.TrainingObserver(now: { 0 }))
      }
      if scene == 0 { try go(&first) } else { try go(&again) }
    }
    return (first, again)
  }

  @Test(arguments: [1, 3, 4, 5, 8, 11, 12], ["constant", "reduce_on_plateau patience=1 min_delta=1"])
  func `a fit stopped under validation and restore_best is the same again with batches=`(
    batch: Int, schedule: String
  ) throws {
    var training = Training(epochs: 3, batch: 10)
    training.validation = .share(0.2)
    training.restoresBest = true
    training.patience = 2
    let (first, again) = try Self.interrupted(training, schedule: schedule, at: batch)
    #expect(first.state == again.state)
    #expect(first.random == again.random)
  }

  @Test(arguments: [4, 8, 12]) func `a stop while it validates ends the fit there, and is the same again`(batch: Int)
    throws
  {
    var (first, again) = (try Scene(optimizer: "adam"), try Scene(optimizer: "adam"))
    var training = Training(epochs: 3, batch: 10)
    training.validation = .share(0.2)
    training.restoresBest = true
    var (batches, asked) = (0, 0)
    // Asked once after each batch, then once by the validation of the epoch that ends.
    let watch = Training.TrainingObserver(now: { 0 }, progress: { _ in (batches, asked) = (batches + 1, 0) }) {
      asked += 1
      return batches + 1 == batch && asked == 2
    }
    let outcome = try training.run(
      &first.network, &first.trainer, on: first.examples, random: &first.random, threads: Threads(count: 1),
      watch: watch)
    #expect(outcome.end == .interrupted && outcome.batches == batch)
    training.batches = outcome.interruption
    try again.fit(training)
    #expect(first.state == again.state)
    #expect(first.random == again.random)
  }

  @Test func `one best epoch is named, of the validated ones where there are any`() {
    func epoch(_ number: Int, _ loss: Double, _ validation: Double?) -> Epoch {
      Epoch(
        number: number, training: Score(loss: loss, metrics: [], count: 1),
        validation: validation.map { Score(loss: $0, metrics: [], count: 1) }, learningRate: 1, seconds: 0, batches: 1)
    }
    #expect([epoch(1, 0.1, nil), epoch(2, 0.2, 0.9), epoch(3, 0.3, 0.8), epoch(4, 0.01, nil)].best?.number == 3)
    #expect([epoch(1, 0.1, nil), epoch(2, 0.05, nil), epoch(3, 0.05, nil)].best?.number == 2)
    #expect([epoch(1, .nan, nil)].best == nil)
    #expect([Epoch]().best == nil)
  }
}
