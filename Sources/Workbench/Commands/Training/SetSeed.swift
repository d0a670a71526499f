import Engine
import Grammar

/// Fixes every later random choice.
struct SetSeed: Command {
  let seed: UInt64

  static let form = Form<SetSeed>(
    "seed", "Fixes every later random choice: first weights, the order of examples, dropout.",
    Parameter("number", .seed, "the same number gives the same results"),
    examples: ["seed 42"], make: { SetSeed(seed: $0) }, settings: { $0.seed })

  static var effect: Effect { .undoable }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    draft.random = Random(seed: seed)
    if draft.cells.isEmpty { draft.seed = Seed(seed, isDrawn: false) } else { draft.seed = draft.seed.chosen }
    return Remark("", [("seed", Int(exactly: seed).map(JSON.integer) ?? .text(String(seed)))])
  }
}

extension Seed {
  /// The same number, of which nothing needs to be said any more.
  fileprivate var chosen: Seed { Seed(number, isDrawn: false) }
}
