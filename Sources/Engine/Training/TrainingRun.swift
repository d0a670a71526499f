/// The state of a run of training between its batches.
struct TrainingRun {
  private let training: Training
  private let batches: Batches
  private let validator: Evaluation?
  private var rows: [Int]
  private let capacity: Int
  private let first: Int
  private let past: [Double]
  private let watch: Training.TrainingObserver
  private let threads: Threads
  private(set) var epochs: [Epoch] = []
  private(set) var count = 0
  private(set) var end: Training.End?
  private(set) var bestEpoch: Int?
  private var bestLoss = Double.infinity
  private var bestNetwork: Network?
  private var waited = 0
  /// The states before this epoch and before the last one, to find the last weights whose loss was finite.
  private var anchors: [Anchor] = []

  /// Everything that the batches of an epoch follow from.
  private struct Anchor {
    let epoch: Int
    let network: Network
    let trainer: Trainer
    let random: Random
    let rows: [Int]
    let count: Int
  }

  init(
    _ training: Training, _ batches: Batches, _ validator: Evaluation?, rows: [Int], capacity: Int, first: Int,
    past: [Double], watch: Training.TrainingObserver, threads: Threads
  ) {
    self.training = training
    self.batches = batches
    self.validator = validator
    self.rows = rows
    self.capacity = capacity
    self.first = first
    self.past = past
    self.watch = watch
    self.threads = threads
  }

  private var lastEpoch: Int { first + training.epochs - 1 }
  private var batchesPerEpoch: Int { (rows.count + capacity - 1) / capacity }
  private var isOver: Bool { end != nil || count == training.batches }

  /// Trains all epochs, or until something ends it.
  mutating func run(_ network: inout Network, _ trainer: inout Trainer, random: inout Random) {
    for number in first..<first + training.epochs where !isOver {
      if training.shuffles { rows.shuffle(using: &random) }
      epoch(number, &network, &trainer, random: &random)
    }
    if training.restoresBest, let bestNetwork { network = bestNetwork }
  }

  private mutating func epoch(
    _ number: Int, _ network: inout Network, _ trainer: inout Trainer, random: inout Random
  ) {
    let started = watch.now()
    let anchor = Anchor(
      epoch: number, network: network, trainer: trainer, random: random, rows: rows, count: count)
    anchors = anchors.suffix(1) + [anchor]
    var tally = RunningScore(trainer.metrics)
    for index in 0..<batchesPerEpoch where !isOver {
      let rate = self.rate(trainer)
      guard step(index, &network, &trainer, rate: rate, random: &random, tally: &tally) else {
        end = .notFinite(epoch: number, batch: index + 1)
        return goBack(before: index, &network, &trainer, random: &random)
      }
      let isLast = index + 1 == batchesPerEpoch
      if watch.isStopRequested(), !(isLast && number == lastEpoch) { end = .interrupted }
      let isEnd = isLast || isOver
      if isEnd { finish(number, &network, tally, rate: rate, batches: index + 1, seconds: watch.now() - started) }
      watch.progress(
        Training.Progress(
          epoch: number, lastEpoch: lastEpoch, batch: index + 1, batches: batchesPerEpoch, score: tally.score,
          finished: isEnd ? epochs.last : nil))
    }
  }

  /// One batch forwards and backwards, and the update; false, without an update, when the loss is not finite.
  private mutating func step(
    _ index: Int, _ network: inout Network, _ trainer: inout Trainer, rate: Double, random: inout Random,
    tally: inout RunningScore
  ) -> Bool {
    let batch = rows[index * capacity..<min((index + 1) * capacity, rows.count)]
    batches.forward(&network, rows: batch, seed: random.next(), tally: &tally)
    guard tally.isFinite else { return false }
    trainer.update(&network, learningRate: rate, threads: threads) { values, update in
      batches.backward(values, rows: batch, update: update)
    }
    count += 1
    return true
  }

  /// Goes back to the last weights whose loss was finite: those before the update that batch `index` found spoilt.
  ///
  /// The batches since the start of that update's epoch are made again, to the same bits. That is cheaper than a copy
  /// of the weights before every update: it is needed once, if ever.
  private mutating func goBack(
    before index: Int, _ network: inout Network, _ trainer: inout Trainer, random: inout Random
  ) {
    let isFirst = index == 0
    guard let anchor = isFirst ? anchors.dropLast().last : anchors.last else { return }
    if isFirst { epochs.removeLast() }
    let started = watch.now()
    (network, trainer, random) = (anchor.network, anchor.trainer, anchor.random)
    (rows, count) = (anchor.rows, anchor.count)
    var (tally, rate) = (RunningScore(trainer.metrics), 0.0)
    let steps = (isFirst ? batchesPerEpoch : index) - 1
    for index in 0..<steps {
      rate = self.rate(trainer)
      _ = step(index, &network, &trainer, rate: rate, random: &random, tally: &tally)
    }
    guard steps > 0 else { return }
    finish(anchor.epoch, &network, tally, rate: rate, batches: steps, seconds: watch.now() - started)
  }

  /// The rate of the next update.
  private func rate(_ trainer: Trainer) -> Double {
    let losses = epochs.map(\.monitored)
    let (rate, updates) = (trainer.optimizer.learningRate, batchesPerEpoch)
    if let schedule = training.schedule {
      return schedule.rate(rate, at: ScheduleState(updates: count, updatesPerEpoch: updates, losses: losses))
    }
    return trainer.schedule.rate(
      rate, at: ScheduleState(updates: trainer.steps, updatesPerEpoch: updates, losses: past + losses))
  }

  private mutating func finish(
    _ number: Int, _ network: inout Network, _ tally: RunningScore, rate: Double, batches: Int, seconds: Double
  ) {
    let epoch = Epoch(
      number: number, training: tally.score, validation: validator?.run(&network), learningRate: rate,
      seconds: seconds, batches: batches)
    epochs.append(epoch)
    judge(epoch, network)
  }

  /// Keeps the best epoch, and ends the run where `patience` or `until` say so; after Keras 3.15 `EarlyStopping`.
  private mutating func judge(_ epoch: Epoch, _ network: Network) {
    // Validation that was stopped half-way leaves nothing to judge by.
    guard validator == nil || epoch.validation != nil else { return }
    if epoch.monitored < bestLoss {
      (bestLoss, bestEpoch, waited) = (epoch.monitored, epoch.number, 0)
      if training.restoresBest { bestNetwork = network }
    } else {
      waited += 1
    }
    guard end == nil else { return }
    if let until = training.until, epoch.figures.contains(where: { $0.name == until.metric && until.holds($0.value) }) {
      end = .fulfilled
    } else if let patience = training.patience, waited >= patience, epoch.number > first {
      end = .patience(patience)
    }
  }
}
