import Glibc
import Grammar
import Testing

@testable import Engine

@Suite struct FeatureFileTests {
  /// A file of its own for the time of a test.
  final class File {
    let path: String

    init(_ bytes: [UInt8]) throws {
      var name = Array("/tmp/sumi-features-XXXXXX".utf8CString)
      let file = mkstemp(&name)
      try #require(file >= 0)
      path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      try #require(write(file, bytes, bytes.count) == bytes.count)
      close(file)
    }

    deinit { unlink(path) }
  }

  private static func fit(_ examples: Examples, batches: Int? = nil, each: @escaping (Int) -> Void = { _ in }) throws
    -> (
      Training.Outcome, ParameterStorage
    )
  {
    var random = Random(seed: 3)
    var network = Network(data: examples.shape)
    for line in ["dense 40 relu", "dense 3 softmax"] {
      try network.append(try Layers.catalogue.value(line), random: &random)
    }
    var trainer = try Trainer(
      optimizer: try Optimizers.catalogue.value("adam"), loss: CategoricalCrossentropy(), metrics: [Accuracy()],
      network: network, targets: .classes(3))
    var (training, count) = (Training(epochs: 3, batch: 16), 0)
    training.batches = batches
    training.validation = .share(0.2)
    let watch = Training.TrainingObserver(
      now: { 0 },
      progress: { _ in
        count += 1
        each(count)
      })
    let outcome = try training.run(
      &network, &trainer, on: examples, random: &random, threads: Threads(count: 2), watch: watch)
    return (outcome, network.values)
  }

  /// Examples in memory, and their bytes.
  private static func examples() -> (examples: Examples, bytes: [UInt8]) {
    var random = Random(seed: 9)
    let examples = Scene.examples(100, shape: [5, 6], random: &random)
    return (examples, (0..<100).flatMap { examples.bytes(of: $0) })
  }

  @Test func `training from a file gives the bits of training from memory`() throws {
    let (memory, bytes) = Self.examples()
    let floats = bytes.map { ByteScale.unit[$0] }.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
    let written = Examples(
      shape: [5, 6], features: .floats(Floats(bytes.map { ByteScale.unit[$0] })), targets: memory.targets)
    let expected = try Self.fit(written)
    for (content, format) in [(bytes, FeatureFile.Format.bytes(.unit)), (floats, .floats)] {
      let file = try File([1, 2, 3] + content)
      let source = try FeatureFile(file.path, offset: 3, rows: 100, width: 30, format: format)
      let examples = Examples(shape: [5, 6], features: .source(source), targets: memory.targets)
      #expect(examples.numbers(of: 7) == memory.numbers(of: 7))
      let found = try Self.fit(examples)
      #expect(found.1 == expected.1)
      #expect(found.0.epochs.map(\.training) == expected.0.epochs.map(\.training))
      #expect(found.0.epochs.map(\.validation) == expected.0.epochs.map(\.validation))
    }
  }

  @Test func `a set larger than the machine's memory trains in the memory of its batches`() throws {
    // A file of holes: 256 GB that take no room on the disk, rows of 256 KB.
    let (rows, width) = (1_000_000, 1 << 18)
    let file = try File([])
    guard truncate(file.path, rows * width) == 0 else { return }
    let source = try FeatureFile(file.path, rows: rows, width: width, format: .bytes(.unit))
    let examples = Examples(
      shape: [width], features: .source(source), targets: .values([Float](repeating: 0.5, count: rows), width: 1))
    #expect(examples.held.values.reduce(0, +) < 5_000_000)
    var random = Random(seed: 3)
    var network = Network(data: [width])
    try network.append(try Layers.catalogue.value("dense 1"), random: &random)
    var trainer = try Trainer(
      optimizer: SGD(), loss: MSE(), metrics: [], network: network, targets: examples.targets.kind)
    var training = Training(epochs: 1, batch: 8)
    training.batches = 4
    let outcome = try training.run(
      &network, &trainer, on: examples, random: &random, threads: Threads(count: 2),
      watch: Training.TrainingObserver(now: { 0 }))
    #expect(outcome.batches == 4)
    #expect(outcome.epochs.first?.training.loss.isFinite == true)
  }

  @Test func `a file that becomes shorter ends the training, and what was learnt is saved`() throws {
    let (memory, bytes) = Self.examples()
    let file = try File(bytes)
    let source = try FeatureFile(file.path, rows: 100, width: 30, format: .bytes(.unit))
    let examples = Examples(shape: [5, 6], features: .source(source), targets: memory.targets)
    let (outcome, values) = try Self.fit(examples) { if $0 == 3 { truncate(file.path, 40) } }
    guard case .unreadable(let refusal) = outcome.end else {
      Issue.record("it ends as \(outcome.end)")
      return
    }
    #expect(refusal.message.contains("has become shorter since it was opened"))
    #expect(outcome.batches == 3)
    #expect(outcome.epochs.map(\.batches) == [3])
    let expected = try Self.fit(examples: memory, 3)
    #expect(values == expected)
    let lost = examples.numbers(of: 50)
    #expect(lost.allSatisfy { $0.isNaN })
  }

  private static func fit(examples memory: Examples, _ batches: Int) throws -> ParameterStorage {
    let floats = Floats((0..<memory.count).flatMap { memory.numbers(of: $0) })
    return try fit(Examples(shape: memory.shape, features: .floats(floats), targets: memory.targets), batches: batches)
      .1
  }

  @Test func `a file that is not there or too short is refused`() throws {
    #expect(throws: Refusal.self) { try FeatureFile("/nowhere/at-all", rows: 1, width: 1, format: .floats) }
    let file = try File([1, 2, 3])
    #expect(throws: Refusal("\(file.path) should have 4 bytes, and has 3")) {
      try FeatureFile(file.path, rows: 2, width: 2, format: .bytes(.unit))
    }
    #expect(throws: Refusal.self) { try FeatureFile(file.path, rows: .max, width: 2, format: .floats) }
  }
}
