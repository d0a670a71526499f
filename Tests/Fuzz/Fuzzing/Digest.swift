import Engine
import Grammar
import Workbench

/// All that a refused line must not change and that undo must bring back, bit by bit.
struct Digest: Equatable {
  let dataset: String
  let layers: [String]
  /// A hash of weights and of what the optimizer remembers.
  let numbers: UInt64
  let steps: Int
  /// All figures of the history and of the evaluation, as bits, for some are not numbers.
  let figures: [UInt64]
  let lines: [String]
  let seed: Seed
  let random: Random

  /// - Parameter hasNumbers: whether the weights are looked at, which takes as long as many a line.
  init(_ session: Session, hasNumbers: Bool = true) {
    dataset = session.dataset.map { "\($0.name) \($0.train.count) \($0.test.count) \($0.origin)" } ?? ""
    layers = session.network?.layers.map { Layers.catalogue.line($0) ?? "" } ?? []
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    if hasNumbers {
      Digest.add(session.network?.values, to: &hash)
      Digest.add(session.trainer?.slots, to: &hash)
    }
    numbers = hash
    steps = session.trainer?.steps ?? 0
    let all = session.history.flatMap(\.figures) + (session.evaluation?.figures ?? [])
    figures = session.history.map { UInt64($0.number) } + all.map(\.value.bitPattern)
    lines = session.cells.map(\.line)
    seed = session.seed
    random = session.random
  }

  /// FNV-1a over the bits of each number.
  private static func add(_ numbers: ParameterStorage?, to hash: inout UInt64) {
    for number in numbers ?? ParameterStorage() { hash = (hash ^ UInt64(number.bitPattern)) &* 0x100_0000_01B3 }
  }

  /// Whether both learnt the same, however they came to it.
  func hasLearnt(_ other: Digest) -> Bool {
    (layers, numbers, steps) == (other.layers, other.numbers, other.steps) && random == other.random
  }
}
