/// Everything that the batches of an epoch follow from.
struct Checkpoint {
  let network: Network
  /// The moving averages, which the forward pass of the first batch had changed already.
  let statistics: Statistics
  let trainer: Trainer
  let random: Random
  /// Updates made in this run.
  let count: Int
}
