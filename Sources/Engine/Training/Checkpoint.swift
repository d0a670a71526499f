import Grammar

/// Everything that the next batch of a run of training follows from: with the same data and the same choices, training
/// goes on from it to the bits of a run that was never stopped.
///
/// It is taken inside an epoch, in front of a batch whose loss was finite, so its weights are sound.
public struct Checkpoint: Sendable {
  /// The best epoch so far, by what is monitored.
  package struct Best: Sendable {
    package var epoch: Int?
    package var loss = Double.infinity
    /// Its weights, where they are to be restored.
    package var values: ParameterStorage?
    /// Epochs since then.
    package var waited = 0

    package init() {}
  }

  /// The network as the batch found it. Its forward pass may have changed the moving averages already.
  private let held: Network
  private let statistics: Statistics
  package let trainer: Trainer
  package let random: Random
  /// The rows that train, in the order of this epoch.
  package let order: [Int]
  /// The number of the epoch that the next batch belongs to.
  public let epoch: Int
  /// Batches of this epoch that are done.
  public let batch: Int
  /// Updates made in this run.
  public let count: Int
  /// The epochs of this run that are done.
  public let epochs: SharedList<Epoch>
  package let running: RunningScore
  package let best: Best
  /// What this epoch has taken so far.
  package let seconds: Double

  /// - Parameter statistics: the moving averages of the network, where a pass has changed them since.
  init(
    network: Network, statistics: Statistics, trainer: Trainer, random: Random, order: [Int], epoch: Int, batch: Int,
    count: Int, epochs: SharedList<Epoch>, running: RunningScore, best: Best, seconds: Double
  ) {
    (held, self.statistics, self.trainer, self.random) = (network, statistics, trainer, random)
    (self.order, self.epoch, self.batch, self.count) = (order, epoch, batch, count)
    (self.epochs, self.running, self.best, self.seconds) = (epochs, running, best, seconds)
  }

  /// A checkpoint that was written down, of a network as it was.
  package init(
    network: Network, trainer: Trainer, random: Random, order: [Int], epoch: Int, batch: Int, count: Int,
    epochs: SharedList<Epoch>, running: RunningScore, best: Best, seconds: Double
  ) {
    var statistics = Statistics(of: network)
    statistics.save(network)
    self.init(
      network: network, statistics: statistics, trainer: trainer, random: random, order: order, epoch: epoch,
      batch: batch, count: count, epochs: epochs, running: running, best: best, seconds: seconds)
  }

  /// The network before the next batch. A copy of the weights, where there are moving averages.
  public var network: Network {
    guard !statistics.isEmpty else { return held }
    var network = held
    statistics.restore(&network)
    return network
  }
}

extension Checkpoint {
  /// - Throws: `Refusal` when it is no state of a run with this network on these rows.
  func check(_ network: Network, _ rows: [Int], capacity: Int) throws(Refusal) {
    guard held.values.count == network.values.count, order.count == rows.count, batch * capacity < order.count,
      Set(order) == Set(rows)
    else { throw Refusal("the training that was broken off was of another network or other data") }
  }
}
