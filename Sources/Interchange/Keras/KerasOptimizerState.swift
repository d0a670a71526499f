import Engine
import Grammar

/// What an optimizer remembers, in the order in which Keras 3.15 keeps its variables: the count of updates, the
/// learning rate unless a schedule gives it, then numbers as many as each trainable tensor has.
struct KerasOptimizerState {
  /// Our slots as Keras makes them: those of one group tensor by tensor, one group after the other.
  static func groups(_ optimizer: any Optimizer) -> [[Int]] {
    let count = optimizer.slotCount
    switch optimizer {
    case is Adam, is AdamW: return count == 3 ? [[0, 1], [2]] : [[0, 1]]
    case is Adadelta, is Adamax, is Nadam: return [[0, 1]]
    // The size, the last step, the mean.
    case is RMSprop: return count == 3 ? [[0], [2], [1]] : (0..<count).map { [$0] }
    default: return (0..<count).map { [$0] }
    }
  }

  /// The slot and the tensor of every variable behind the scalars.
  private static func order(_ optimizer: any Optimizer, _ network: Network) -> [(slot: Int, tensor: WeightSlot)] {
    let tensors = network.tensors.filter(\.weight.isTrainable)
    return groups(optimizer).flatMap { group in tensors.flatMap { tensor in group.map { ($0, tensor) } } }
  }

  /// A slot as numbers that lie as the network's do.
  private static func part(_ slot: Int, of trainer: Trainer, _ network: Network) -> (Range<Int>, Network) {
    let range = slot * network.values.count..<(slot + 1) * network.values.count
    return (range, network.with(values: trainer.slots.part(range)))
  }

  // MARK: Writing

  /// Adds the variables to a file.
  /// - Parameter rate: the learning rate; nil where a schedule gives it.
  static func write(_ trainer: Trainer, rate: Double?, of network: Network, into file: HDF5Writer) throws(Refusal) {
    var count = 0
    func next() -> String {
      defer { count += 1 }
      return "optimizer/vars/\(count)"
    }
    try file.add(next(), integer: trainer.steps)
    if let rate { try file.add(next(), shape: [], [Float(rate)]) }
    let parts = (0..<trainer.optimizer.slotCount).map { part($0, of: trainer, network).1 }
    for (slot, tensor) in order(trainer.optimizer, network) {
      try file.add(next(), shape: tensor.weight.shape.extents, parts[slot][tensor])
    }
    if let nadam = trainer.optimizer as? Nadam {
      try file.add(next(), shape: [], [Float(nadam.product(trainer.steps))])
    }
  }

  // MARK: Reading

  /// The learning rate that stood there; nil where a schedule gave it.
  private(set) var rate: Double?
  private let steps: Int
  /// Whether nothing is remembered yet: Keras makes what an optimizer keeps of each tensor when it is first fitted.
  var isFresh: Bool { steps == 0 && numbers.isEmpty }
  private let numbers: [HDF5File.Array]
  /// What each of `numbers` is called; empty names where only their order says what they are.
  private let names: [String]

  /// Finds the variables of a file; nil where it holds none.
  /// - Throws: `Refusal` when they do not begin with a count of updates.
  init?(_ file: HDF5File) throws(Refusal) {
    let variables = try KerasOptimizerState.variables(of: file)
    guard !variables.isEmpty else { return nil }
    var scalars = variables.prefix { $0.array.shape.isEmpty }
    guard case .integers(let count)? = scalars.popFirst()?.array.numbers, let steps = count.first,
      (0...Int64(Int32.max)).contains(steps)
    else { throw Refusal("what its optimizer remembers does not begin with a count of updates") }
    self.steps = Int(steps)
    rate = scalars.first?.array.floats.first.flatMap { $0.isFinite && $0 > 0 ? Double("\($0)") : nil }
    let rest = variables.filter { !$0.array.shape.isEmpty }
    (numbers, names) = (rest.map(\.array), rest.map(\.name))
  }

  /// The variables of a file, in their order.
  private static func variables(of file: HDF5File) throws(Refusal) -> [(name: String, array: HDF5File.Array)] {
    var variables: [(String, HDF5File.Array)] = []
    for name in file.list("optimizer_weights", "weight_names") ?? [] {
      guard let array = file.arrays["optimizer_weights/\(name)"] else {
        throw Refusal("\(name.shown), which its optimizer remembers, is missing")
      }
      variables.append((name, array))
    }
    while let array = file.arrays["optimizer/vars/\(variables.count)"] { variables.append(("", array)) }
    return variables
  }

  /// A trainer whose optimizer remembers what stood there.
  /// - Throws: `Refusal` when the variables are not those of its optimizer.
  func restored(_ trainer: Trainer, of network: Network) throws(Refusal) -> Trainer {
    let order = ordered(KerasOptimizerState.order(trainer.optimizer, network), trainer.optimizer)
    guard order.count == numbers.count, zip(order, numbers).allSatisfy({ $0.tensor.weight.shape.extents == $1.shape })
    else { throw Refusal("what its optimizer remembers is not laid out as Keras 3.15 lays it") }
    var restored = trainer
    var parts = (0..<trainer.optimizer.slotCount).map { KerasOptimizerState.part($0, of: trainer, network) }
    for ((slot, tensor), array) in zip(order, numbers) { parts[slot].1[tensor] = array.floats }
    for (range, part) in parts { restored.slots.replace(from: range.lowerBound, with: part.values) }
    restored.steps = steps
    return restored
  }

  /// What slots were called by the optimizers of Keras 2, which made them one after the other.
  private static let older: Set = ["m", "v", "vhat", "momentum", "rms", "mg", "accumulator", "accum_grad", "accum_var"]

  /// The order of a file from before Keras 3, whose names end in what the slot was called.
  private func ordered(
    _ order: [(slot: Int, tensor: WeightSlot)], _ optimizer: any Optimizer
  ) -> [(slot: Int, tensor: WeightSlot)] {
    let isOlder = names.allSatisfy { name in
      let last = name.split(separator: "/").last ?? ""
      return KerasOptimizerState.older.contains(String(last.prefix { $0 != ":" }))
    }
    guard isOlder, !names.isEmpty else { return order }
    let slots = KerasOptimizerState.groups(optimizer).flatMap { $0 }
    return slots.flatMap { slot in order.filter { $0.slot == slot } }
  }
}
