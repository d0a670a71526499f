import Datasets
import Engine
import Files
import FoundationEssentials
import Grammar

/// A model in a file: the network, what `compile` chose, the numbers of both, the epochs, and where the random
/// generator stands; all that the next epoch follows from, to the bit.
///
/// A safetensors file whose tensors are named as those of `save weights`, the optimizer's with `slot0.` before, and
/// whose `__metadata__` holds a `ModelDescription` under `sumi.model`.
struct ModelFile: Sendable {
  /// Where the description stands in the file.
  private static let key = "sumi.model"
  private static let order = "run.order", best = "best."
  /// Where a file of weights alone says what data they were learnt from.
  private static let source = "sumi.data"

  var network: Network
  var trainer: Trainer?
  var history: SharedList<Epoch>
  var random: Random
  var seed: Seed
  var data: ModelDescription.Data
  /// A run of training that is not over, and the line that began it.
  var run: (line: String, state: Checkpoint)?

  // MARK: Writing

  /// Writes a file; how many bytes it has.
  @discardableResult
  func write(to take: FileWriter.Sink) throws(FileError) -> Int {
    var arrays = parts().flatMap { Safetensors.arrays($0.network, prefix: $0.prefix) }
    if let order = run?.state.order {
      arrays.append(.init(ModelFile.order, [order.count], .integer) { order.map { Int32(clamping: $0) } })
    }
    return try TensorFile.write(arrays, texts: [(ModelFile.key, description())], to: take)
  }

  /// The network's own numbers and others that lie as they do, each with what stands before its tensors' names.
  private func parts() -> [(prefix: String, network: Network)] {
    var parts = [("", network)]
    if let trainer {
      for slot in 0..<trainer.optimizer.slotCount {
        let range = slot * network.values.count..<(slot + 1) * network.values.count
        parts.append((ModelFile.prefix(slot), network.with(values: trainer.slots.part(range))))
      }
    }
    if let best = run?.state.best.values { parts.append((ModelFile.best, network.with(values: best))) }
    return parts
  }

  private static func prefix(_ slot: Int) -> String { "slot\(slot)." }

  private func description() -> String {
    ModelFile.text(ModelDescription(
      input: network.data.extents, layers: network.layers.map { Layers.catalogue.line($0) ?? $0.name }, data: data,
      compile: trainer.flatMap(Compile.line), steps: trainer?.steps ?? 0, seed: String(seed.number),
      isSeedDrawn: seed.isDrawn, random: String(random.position),
      history: history.map(ModelDescription.EpochRecord.init),
      run: run.map { ModelDescription.RunRecord($0.state, line: $0.line) }))
  }

  // MARK: Reading

  /// Reads a model.
  /// - Throws: `Refusal` when the bytes are no model that this program can make; nothing has been changed by then.
  init(_ bytes: [UInt8], path: String) throws(Refusal) {
    let file = try TensorFile(bytes, path: path)
    guard let text = file.texts[ModelFile.key] else { throw .noModel(path) }
    let description = try ModelFile.describe(text, path)
    // Filled in place, as a copy of a large network takes longer than all else.
    var network = try ModelFile.network(description, path)
    try Safetensors.fill(&network, from: file)
    self.network = network
    data = description.data
    history = SharedList(description.history.map(\.epoch))
    guard let random = UInt64(description.random), let seed = UInt64(description.seed) else { throw .damaged(path) }
    self.random = Random(seed: random)
    self.seed = Seed(seed, isDrawn: description.isSeedDrawn)
    trainer = try ModelFile.trainer(description, network, file)
    run = nil
    if let record = description.run { run = (record.line, try checkpoint(record, file)) }
    try file.checkGapless()
    try ModelFile.checkNames(file, network, slots: trainer?.optimizer.slotCount ?? 0)
  }

  private static func describe(_ text: String, _ path: String) throws(Refusal) -> ModelDescription {
    struct Version: Decodable { let version: Int }
    let bytes = Data(text.utf8)
    guard let version = try? JSONDecoder().decode(Version.self, from: bytes).version else { throw .damaged(path) }
    guard version <= ModelDescription.latest else { throw .newer(path, version) }
    guard let description = try? JSONDecoder().decode(ModelDescription.self, from: bytes) else { throw .damaged(path) }
    return description
  }

  /// The network of a description, its numbers all 0.
  private static func network(_ description: ModelDescription, _ path: String) throws(Refusal) -> Network {
    let input = description.input
    guard !input.isEmpty, input.count <= 4, input.allSatisfy({ $0 > 0 && $0 <= 1 << 20 }),
      input.reduce(Int?.some(1), { $0.flatMap { $0 <= Int(Int32.max) ? $0 : nil }?.multiplied(by: $1) }) != nil
    else { throw .damaged(path) }
    var layers: [any Layer] = []
    for line in description.layers {
      do throws(Misread) { layers.append(try Layers.catalogue.value(of: line)) } catch {
        throw .unknownLayer(path, line, error)
      }
    }
    var network = Network(data: Shape(input))
    try network.append(blank: layers)
    guard !network.layers.isEmpty else { throw .damaged(path) }
    return network
  }

  private static func trainer(
    _ description: ModelDescription, _ network: Network, _ file: TensorFile
  ) throws(Refusal) -> Trainer? {
    guard let line = description.compile else { return nil }
    let targets: Targets.Kind =
      description.data.values.map { .values($0) } ?? .classes(description.data.classes?.count ?? network.output.count)
    var trainer = try Compile.read(line, file.path).trainer(for: network, targets)
    for slot in 0..<trainer.optimizer.slotCount {
      // The gaps between tensors keep what the optimizer begins with.
      let range = slot * network.values.count..<(slot + 1) * network.values.count
      let before = network.with(values: trainer.slots.part(range))
      let part = try Safetensors.filled(before, from: file, prefix: prefix(slot)).values
      trainer.slots.replace(from: range.lowerBound, with: part)
    }
    guard description.steps >= 0 else { throw .damaged(file.path) }
    trainer.steps = description.steps
    return trainer
  }

  private func checkpoint(_ record: ModelDescription.RunRecord, _ file: TensorFile) throws(Refusal) -> Checkpoint {
    guard let trainer, let order = try file.integers(ModelFile.order) else { throw .damaged(file.path) }
    var running = RunningScore(trainer.metrics)
    let sums = record.running.map { $0.map(\.value) }
    guard sums.map(\.count) == running.sums.map(\.count) || sums.count == running.sums.count, record.epoch > 0,
      record.batch >= 0, record.count >= 0
    else { throw .damaged(file.path) }
    running.sums = sums
    var best = Checkpoint.Best()
    (best.epoch, best.loss, best.waited) = (record.bestEpoch, record.bestLoss.value, record.waited)
    if record.hasBest { best.values = try Safetensors.filled(network, from: file, prefix: ModelFile.best).values }
    return Checkpoint(
      network: network, trainer: trainer, random: random, order: order.map(Int.init), epoch: record.epoch,
      batch: record.batch, count: record.count, epochs: SharedList(record.epochs.map(\.epoch)), running: running,
      best: best, seconds: record.seconds.value)
  }

  /// Whether an array is of a model besides its weights: of its optimizer, or of a run that is not over.
  static func isPassedOver(_ name: String, in file: TensorFile) -> Bool {
    guard file.texts[key] != nil else { return false }
    return name == order || name.hasPrefix(best) || name.prefixMatch(of: /slot[0-9]+\./) != nil
  }

  /// What a file says of the data that its weights were learnt from; nil where it does not.
  static func data(of file: TensorFile) -> ModelDescription.Data? {
    if let text = file.texts[source] {
      return try? JSONDecoder().decode(ModelDescription.Data.self, from: Data(text.utf8))
    }
    return file.texts[key].flatMap { try? describe($0, file.path).data }
  }

  /// What a file of a session's weights says of the data that they were learnt from; nothing while they are random.
  static func texts(_ session: Session) -> [(String, String)] {
    guard let data = session.learntFrom, !data.isUnnamed else { return [] }
    return [(source, text(data))]
  }

  private static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Of texts, whole numbers and lists of them there is nothing that JSON cannot hold.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// - Throws: `Refusal` when the file holds an array that no part of the model is.
  private static func checkNames(_ file: TensorFile, _ network: Network, slots: Int) throws(Refusal) {
    let prefixes = [""] + (0..<slots).map(prefix) + [best]
    let known = Set(prefixes.flatMap { prefix in network.tensors.map { prefix + $0.name } } + [order])
    if let name = file.entries.keys.sorted().first(where: { !known.contains($0) }) {
      throw Refusal("\(file.path) holds \(name), which is no part of its model")
    }
  }
}

extension ModelFile {
  /// The session's model.
  /// - Throws: `Refusal` when there is no network.
  init(_ session: Session) throws(Refusal) {
    network = try session.built()
    (trainer, history, random, seed) = (session.trainer, session.history, session.random, session.seed)
    if let known = session.learntFrom, !known.isUnnamed {
      data = known
    } else {
      data = ModelDescription.Data(try session.loaded())
    }
    run = nil
  }
}

extension Int {
  /// The product; nil when it does not fit.
  fileprivate func multiplied(by other: Int) -> Int? {
    let (product, hasOverflown) = multipliedReportingOverflow(by: other)
    return hasOverflown ? nil : product
  }
}

extension Refusal {
  fileprivate static func noModel(_ path: String) -> Refusal {
    Refusal(
      "\(path) holds weights, but does not say of which model",
      hint: "load weights \(ArgumentType<String>.quote(path))")
  }
  fileprivate static func newer(_ path: String, _ version: Int) -> Refusal {
    Refusal(
      "\(path) is a model of version \(version), and this program knows versions up to \(ModelDescription.latest)")
  }
  fileprivate static func damaged(_ path: String) -> Refusal {
    Refusal("\(path): the description of its model is damaged")
  }
  fileprivate static func unknownLayer(_ path: String, _ line: String, _ misread: Misread) -> Refusal {
    Refusal("\(path): \"\(line)\" is no layer of this program: \(misread.message)")
  }
}
