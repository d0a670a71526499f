import Grammar

/// The state of a run of training between its batches.
struct TrainingRun {
  let training: Training
  private let batches: Batches
  let validator: Evaluation?
  var order: [Int]
  let capacity: Int
  let first: Int
  let watch: Training.TrainingObserver
  private let threads: Threads
  var epochs = SharedList<Epoch>()
  var count = 0
  var end: Training.End?
  /// Batches after which somebody stopped the run.
  var interruption: Int?
  var best: Checkpoint.Best
  private let started: Double
  /// The monitored losses that a schedule of this fit goes by, and one of `compile`.
  var losses: (fit: MonitoredLosses, compile: MonitoredLosses)
  /// The latest state that is known to be sound, to find the last weights whose loss was finite.
  var checkpoint: Checkpoint?
  /// When the observer got the last checkpoint.
  private var told: Double
  /// The epoch that a resumed run begins inside of, and the batches of it that are done.
  private let start: (epoch: Int, batch: Int, running: RunningScore?, seconds: Double)
  private var statistics: Statistics
  /// What the weights add to every row's loss now, and what an update measures it with.
  var penalty: Double
  private let penalties: PenaltySums?

  /// - Parameter resumed: the state that the run goes on from; nil at its beginning.
  init(
    _ training: Training, _ batches: Batches, _ validator: Evaluation?, network: Network, rows: [Int], capacity: Int,
    first: Int, past: SharedList<Epoch>.SubSequence, resumed: Checkpoint?, watch: Training.TrainingObserver,
    threads: Threads
  ) {
    self.training = training
    self.batches = batches
    self.validator = validator
    self.capacity = capacity
    self.first = first
    self.watch = watch
    self.threads = threads
    started = watch.now()
    told = started
    order = resumed?.order ?? rows
    epochs = resumed?.epochs ?? []
    count = resumed?.count ?? 0
    best = resumed?.best ?? Checkpoint.Best()
    start = (resumed?.epoch ?? first, resumed?.batch ?? 0, resumed?.running, resumed?.seconds ?? 0)
    let areValidated = validator != nil
    losses = (
      MonitoredLosses(epochs, areValidated: areValidated), MonitoredLosses(past, areValidated: areValidated)
    )
    for epoch in epochs { losses.compile.append(epoch) }
    statistics = Statistics(of: network)
    penalty = network.penalty()
    penalties = PenaltySums(network)
  }

  /// The number of the epoch with the best loss; nil when none was finite.
  var bestEpoch: Int? { best.epoch }

  var lastEpoch: Int { first + training.epochs - 1 }
  private var batchesPerEpoch: Int { (order.count + capacity - 1) / capacity }
  private var isOver: Bool { end != nil || count == training.batches }

  /// Trains all epochs that are left, or until something ends it.
  mutating func run(_ network: inout Network, _ trainer: inout Trainer, random: inout Random) {
    for number in start.epoch..<first + training.epochs where !isOver {
      let isResumed = number == start.epoch && start.running != nil
      if training.shuffles, !isResumed { random.shuffle(&order) }
      epoch(number, &network, &trainer, random: &random)
    }
    checkpoint = nil
    if training.restoresBest, let values = best.values { network.values = values }
  }

  private mutating func epoch(
    _ number: Int, _ network: inout Network, _ trainer: inout Trainer, random: inout Random
  ) {
    let isFirst = number == start.epoch
    let started = watch.now() - (isFirst ? start.seconds : 0)
    var tally = isFirst ? start.running ?? RunningScore(trainer.metrics) : RunningScore(trainer.metrics)
    for index in (isFirst ? start.batch : 0)..<batchesPerEpoch where !isOver {
      let rate = self.rate(trainer)
      let place = Place(epoch: number, batch: index, started: started)
      do throws(Refusal) {
        guard try step(place, &network, &trainer, rate: rate, random: &random, tally: &tally) else {
          end = .notFinite(epoch: number, batch: index + 1)
          return goBack(place, to: index, &network, &trainer, random: &random)
        }
      } catch {
        return stop(number, error, network, tally, rate: rate, batches: index, seconds: watch.now() - started)
      }
      let isLast = index + 1 == batchesPerEpoch
      askToStop(isLastOfAll: isLast && number == lastEpoch)
      let isEnd = isLast || isOver
      if isEnd {
        guard isSound(&network, index) else {
          let goesOn = !isOver && number < lastEpoch
          end = .notFinite(epoch: goesOn ? number + 1 : number, batch: goesOn ? 1 : index + 1)
          return goBack(place, to: index + 1, &network, &trainer, random: &random)
        }
        if interruption != nil, !isLast {
          handOver(place, network, trainer, random: random, tally, seconds: watch.now() - started)
        }
        finish(number, network, tally, rate: rate, batches: index + 1, seconds: watch.now() - started)
      }
      watch.progress(
        Training.Progress(
          epoch: number, lastEpoch: lastEpoch, batch: index + 1, batches: batchesPerEpoch, trained: count,
          started: self.started, running: tally, finished: isEnd ? epochs.last : nil))
    }
  }

  /// Where a batch stands.
  struct Place {
    let epoch: Int
    /// Counts from 0 in the epoch.
    var batch: Int
    /// When the epoch began, less what it took before the run was resumed.
    let started: Double
  }

  /// Ends the run at examples that cannot be read; the batches of this epoch before them count.
  private mutating func stop(
    _ number: Int, _ refusal: Refusal, _ network: Network, _ tally: RunningScore, rate: Double, batches: Int,
    seconds: Double
  ) {
    end = .unreadable(refusal)
    if batches > 0 { finish(number, network, tally, rate: rate, batches: batches, seconds: seconds) }
  }

  /// A stop asked for with the very last batch comes too late, unless there is validation to be left out.
  private mutating func askToStop(isLastOfAll: Bool) {
    guard watch.isStopRequested(), !isLastOfAll || validator != nil else { return }
    (end, interruption) = (.interrupted, count)
  }

  /// One batch forwards and backwards, and the update; false, with everything as before, when the loss is not finite.
  /// - Throws: `Refusal`, with the network as before, when the batch cannot be read any more.
  mutating func step(
    _ place: Place, _ network: inout Network, _ trainer: inout Trainer, rate: Double, random: inout Random,
    tally: inout RunningScore
  ) throws(Refusal) -> Bool {
    let isDue =
      place.batch == 0 || checkpoint == nil
      || watch.checkpoint != nil && watch.now() - told >= Training.TrainingObserver.longestUnsaved
    // Copies only where they are wanted: arrays that two hold are copied when one of them is written.
    let (batch, before, running) = (rows(of: place.batch), random, isDue ? tally : nil)
    statistics.save(network)
    batches.readAhead(rows(of: place.batch + 1))
    try forward(&network, batch, seed: random.next(), tally: &tally)
    guard tally.isFinite else {
      statistics.restore(&network)
      return false
    }
    if let running {
      keep(
        Checkpoint(
          network: network, statistics: statistics, trainer: trainer, random: before, order: order, epoch: place.epoch,
          batch: place.batch, count: count, epochs: epochs, running: running, best: best,
          seconds: watch.now() - place.started))
      statistics.detach()
    }
    trainer.update(&network, learningRate: rate, threads: threads, penalties: penalties) { values, update in
      batches.backward(values, rows: batch, update: update)
    }
    penalty = penalties?.value ?? 0
    count += 1
    return true
  }

  /// Hands the state behind a batch to the observer, as somebody stopped the run there. Behind the last batch of an
  /// epoch that was not validated there is none; the one before it stands.
  private mutating func handOver(
    _ place: Place, _ network: Network, _ trainer: Trainer, random: Random, _ tally: RunningScore, seconds: Double
  ) {
    guard let tell = watch.checkpoint else { return }
    statistics.save(network)
    tell(
      Checkpoint(
        network: network, statistics: statistics, trainer: trainer, random: random, order: order, epoch: place.epoch,
        batch: place.batch + 1, count: count, epochs: epochs, running: tally, best: best, seconds: seconds))
    statistics.detach()
  }

  /// Takes a state as the one to go back to, and hands it to the observer.
  private mutating func keep(_ state: Checkpoint) {
    checkpoint = state
    // The first of a run says nothing that is not known from before it.
    guard let tell = watch.checkpoint, state.count > 0 else { return }
    tell(state)
    told = watch.now()
  }

  private func rows(of index: Int) -> ArraySlice<Int> {
    order[min(index * capacity, order.count)..<min((index + 1) * capacity, order.count)]
  }

  /// The weights are only copied, where somebody else holds them, if the pass writes moving averages.
  private func forward(
    _ network: inout Network, _ batch: ArraySlice<Int>, seed: UInt64, tally: inout RunningScore
  ) throws(Refusal) {
    if statistics.isEmpty {
      try network.values.withSpan { (values) throws(Refusal) in
        try batches.forward(values, rows: batch, seed: seed, penalty: penalty, tally: &tally)
      }
    } else {
      try network.values.withUnsafeMutableBufferPointer { (values) throws(Refusal) in
        try batches.forward(
          FloatSpan(values, 0..<values.count), rows: batch, seed: seed, penalty: penalty, tally: &tally)
      }
    }
  }

  /// Whether the weights after the last update of an epoch are finite, and give a finite loss on its batch.
  private mutating func isSound(_ network: inout Network, _ index: Int) -> Bool {
    guard network.values.isFinite else { return false }
    var tally = RunningScore([])
    statistics.save(network)
    // A batch that cannot be read a second time was read, and finite, the first time.
    let isRead = (try? forward(&network, rows(of: index), seed: 0, tally: &tally)) != nil
    statistics.restore(&network)
    return !isRead || tally.isFinite
  }

  /// The rate of the next update.
  func rate(_ trainer: Trainer) -> Double {
    let (rate, updates) = (trainer.optimizer.learningRate, batchesPerEpoch)
    if let schedule = training.schedule {
      return schedule.rate(rate, at: ScheduleState(updates: count, updatesPerEpoch: updates, losses: losses.fit.values))
    }
    return trainer.schedule.rate(
      rate, at: ScheduleState(updates: trainer.steps, updatesPerEpoch: updates, losses: losses.compile.values))
  }
}
