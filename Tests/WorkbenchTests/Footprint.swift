@testable import Engine
@testable import Workbench

/// All that a refused line must not change, bit by bit.
struct Footprint: Equatable {
  let dataset: String
  let layers: [String]
  let weights: [UInt32]
  let slots: [UInt32]
  let steps: Int
  let history: SharedList<Epoch>
  let evaluation: Score?
  let lines: [String]
  let seed: Seed
  let random: Random
  let pasts: Int
  let futures: Int

  init(_ session: Session) {
    dataset = session.dataset.map { "\($0.name) \($0.train.count) \($0.test.count) \($0.origin)" } ?? ""
    layers = session.network?.layers.map { Layers.catalogue.line($0) ?? "" } ?? []
    weights = session.network?.values.map(\.bitPattern) ?? []
    slots = session.trainer?.slots.map(\.bitPattern) ?? []
    steps = session.trainer?.steps ?? 0
    history = session.history
    evaluation = session.evaluation
    lines = session.cells.map(\.line)
    seed = session.seed
    random = session.random
    pasts = session.past.count
    futures = session.future.count
  }
}

/// What learning has led to: the same bits mean the same training.
struct Learnt: Equatable {
  let weights: [UInt32]
  let slots: [UInt32]
  let steps: Int
  let random: Random
  let history: [Score]

  init(_ session: Session) {
    let footprint = Footprint(session)
    (weights, slots, steps) = (footprint.weights, footprint.slots, footprint.steps)
    random = footprint.random
    history = footprint.history.map(\.training)
  }
}
