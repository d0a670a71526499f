import Grammar

extension Training {
  /// Bytes that a run takes beside what the network and the trainer hold already; nil when they do not fit into an
  /// `Int`.
  /// - Parameters:
  ///   - rows: examples that train, and that validate.
  ///   - capacity: examples of a batch.
  ///   - input: in what form the examples come.
  func memory(
    _ network: Network, _ trainer: Trainer, rows: (train: Int, validation: Int), capacity: Int,
    input: Plan.Input = .numbers
  ) -> Int? {
    // Whoever called holds on to the weights and slots from before, the run to those from before the epoch. In the
    // first epoch these are the same.
    let copies = epochs > 1 ? 2 : 1
    let learnt = Int?(network.values.count).times((1 + trainer.optimizer.slotCount) * copies + (restoresBest ? 1 : 0))
      .times(MemoryLayout<Float>.stride)
    // The rows in order, shuffled, and those that validate.
    let order = Int?(rows.train).times(2).adding(rows.validation).times(MemoryLayout<Int>.stride)
    let validation =
      self.validation == .none ? 0 : Evaluation.memory(network, rows: rows.validation, input: input)
    let batches = Batches.memory(network, capacity: capacity, isTraining: true, input: input)
    return [learnt, order, validation].reduce(batches) { sum, part in
      part.flatMap { sum.adding($0) }
    }
  }

  /// - Throws: `Refusal` with what is needed and what there is, before anything is taken.
  func requireMemory(
    _ network: Network, _ trainer: Trainer, _ rows: Rows, capacity: Int, test: Int, input: Plan.Input,
    threads: Threads
  ) throws(Refusal) {
    let validation = self.validation == .test ? test : rows.validation.count
    // What the library of products takes is taken first: it is much, and what is measured then is what is left.
    try Products.prepare(threads: threads.count)
    try Machine.require(
      memory(network, trainer, rows: (rows.train.count, validation), capacity: capacity, input: input),
      for: "a fit in batches of \(capacity)", hint: capacity > 1 ? "fit 1 \(max(1, capacity / 2))" : "remove")
  }
}
