import Datasets
import Engine
import Grammar

extension Fit {
  /// K-fold validation: each part of the training examples validates once what the others have trained, every time from
  /// the same first weights: those that the network has, or new ones where it has learnt already. The session's network
  /// stays as it is.
  /// - Throws: `Refusal` when a fold was stopped before its end: part of them tells nothing that can be compared.
  func runFolds(_ count: Int, _ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    guard training.validation == .none, !training.isStratified else {
      throw Refusal(
        "folds= validates with each part in turn, so validation= and stratified= have no place",
        hint: line(folds: count))
    }
    guard training.batches == nil else {
      throw Refusal("folds= compares whole epochs, so batches= has no place", hint: line(folds: count))
    }
    let dataset = try draft.loaded()
    var (trainer, network) = (try draft.compiled(), try draft.built())
    var random = draft.random
    guard dataset.train.count >= count else {
      throw Refusal(
        "\(dataset.train.count) examples cannot be cut into \(count) parts",
        hint: line(folds: max(2, dataset.train.count)))
    }
    let folds = try Folds(dataset.train, count: count, seed: random.next())
    // Weights that have learnt from all examples know those that validate.
    let isTrained = !draft.history.isEmpty
    if isTrained {
      try network.reset(random: &random)
      try trainer.reset()
    }
    var all: [SharedList<Epoch>] = []
    for index in 0..<folds.count {
      var (foldTrainer, foldNetwork, foldRandom) = (trainer, network, random.split())
      let (train, validation) = try folds.fold(index)
      var training = training
      training.validation = .test
      let outcome = try training.run(
        &foldNetwork, &foldTrainer, on: train, test: validation, random: &foldRandom, threads: host.pool,
        watch: Training.TrainingObserver(
          now: host.now,
          progress: { if $0.finished == nil || $0.finished?.number == $0.lastEpoch { host.progress($0) } },
          isStopRequested: host.isStopRequested))
      switch outcome.end {
      case .finished, .patience, .fulfilled: all.append(outcome.epochs)
      case .interrupted: throw .stopped
      case .notFinite(let epoch, let batch):
        throw Refusal(
          "fold \(index + 1) of \(folds.count): the loss was not finite at batch \(batch) of epoch \(epoch), so the "
            + "folds cannot be compared; try a smaller learning rate")
      case .unreadable(let refusal): throw refusal
      }
    }
    let answer = FoldsAnswer(folds: all, areDrawnAnew: isTrained)
    draft.foldFigures = answer.means
    return answer
  }

  /// The same with so many folds, and without what does not go with them.
  private func line(folds: Int) -> String? {
    var training = training
    training.validation = .none
    training.isStratified = false
    training.batches = nil
    return Fit.form.line(Fit(training: training, folds: folds))
  }
}
