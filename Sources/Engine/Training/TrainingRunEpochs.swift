import Grammar

/// What becomes of an epoch that is over.
extension TrainingRun {
  /// Ends an epoch. One that was stopped is not validated, so that it is the same again with `batches=`.
  mutating func finish(
    _ number: Int, _ network: Network, _ tally: RunningScore, rate: Double, batches: Int, seconds: Double
  ) {
    let isStopped = interruption != nil || count == training.batches || isUnreadable
    let validation = isStopped ? nil : validate(network)
    if validator != nil, validation == nil, !isStopped, !isUnreadable {
      interruption = count
      end = end ?? .interrupted
    }
    let epoch = Epoch(
      number: number, training: tally.score, validation: validation, learningRate: rate, seconds: seconds,
      batches: batches)
    epochs.append(epoch)
    losses.fit.append(epoch)
    losses.compile.append(epoch)
    judge(epoch, network)
  }

  private var isUnreadable: Bool { if case .unreadable = end { true } else { false } }

  /// The score of the examples that only validate; nil where there are none, it was stopped, or they cannot be read.
  private mutating func validate(_ network: Network) -> Score? {
    do throws(Refusal) { return try validator?.run(network) } catch {
      end = .unreadable(error)
      return nil
    }
  }

  /// Keeps the best epoch, and ends the run where `patience` or `until` say so; after Keras 3.15 `EarlyStopping`.
  private mutating func judge(_ epoch: Epoch, _ network: Network) {
    // An epoch without its validation leaves nothing to judge by.
    guard validator == nil || epoch.validation != nil else { return }
    if epoch.monitored < best.loss {
      (best.loss, best.epoch, best.waited) = (epoch.monitored, epoch.number, 0)
      if training.restoresBest { best.values = network.values }
    } else {
      best.waited += 1
    }
    guard end == nil else { return }
    if let until = training.until, epoch.figures.contains(where: { $0.name == until.metric && until.holds($0.value) }) {
      end = .fulfilled
    } else if let patience = training.patience, best.waited >= patience, epoch.number > first {
      end = .patience(patience)
    }
  }
}
