import Grammar

/// The way back from a loss that is not finite.
extension TrainingRun {
  /// Goes back to the last weights of this epoch that were finite and gave a finite loss.
  ///
  /// The batches since the last checkpoint are made again, to the same bits. That is cheaper than a copy of the weights
  /// before every update: it is needed once, if ever. Those of the epoch before were found sound at its end.
  /// - Parameter end: the batch of this epoch whose weights, before it, are sound as far as the loss of the batches
  ///   before it tells.
  mutating func goBack(
    _ place: Place, to end: Int, _ network: inout Network, _ trainer: inout Trainer, random: inout Random
  ) {
    // The first batch of an epoch whose loss is not finite has no checkpoint of this epoch before it.
    guard end > 0, let checkpoint, checkpoint.epoch == place.epoch else { return }
    let started = watch.now()
    // The update after the last finite loss is what spoilt it.
    var (sound, done, rate, tally) = (end - 1, -1, 0.0, RunningScore([]))
    while done != sound {
      if done >= 0 { sound = done }
      (network, trainer, random) = (checkpoint.network, checkpoint.trainer, checkpoint.random)
      penalty = network.penalty()
      (count, done, tally) = (checkpoint.count, checkpoint.batch, checkpoint.running)
      while done < sound {
        rate = self.rate(trainer)
        let next = Place(epoch: place.epoch, batch: done, started: place.started)
        let isDone = try? step(next, &network, &trainer, rate: rate, random: &random, tally: &tally)
        guard isDone == true, network.values.isFinite else { break }
        done += 1
      }
    }
    guard done > 0 else { return }
    finish(place.epoch, network, tally, rate: rate, batches: done, seconds: watch.now() - started)
  }
}
