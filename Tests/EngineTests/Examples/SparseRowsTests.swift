import Testing

@testable import Engine

@Suite struct SparseRowsTests {
  /// Lists of places, about `share` of all, drawn from a seed.
  static func lists(_ count: Int, width: Int, length: Int, seed: UInt64 = 1) -> [[Int]] {
    var random = Random(seed: seed)
    return (0..<count).map { _ in (0..<length).map { _ in Int(random.next() % UInt64(width)) } }
  }

  /// What trains on lists, and the same written out as floats.
  static func both(_ lists: [[Int]], width: Int, isCounted: Bool) -> (lists: Examples, floats: Examples) {
    let rows = SparseRows(width: width, lists, isCounted: isCounted)
    let targets = Targets.classes(lists.map { ($0.first ?? 0) % 3 }, count: 3)
    let sparse = Examples(shape: [width], features: .lists(rows), targets: targets)
    let floats = Floats((0..<lists.count).flatMap { sparse.numbers(of: $0) })
    return (sparse, Examples(shape: [width], features: .floats(floats), targets: targets))
  }

  @Test func `places are sorted, and count once or as often as they come`() {
    let lists = [[7, 2, 7], [], [0]]
    let once = SparseRows(width: 8, lists), counted = SparseRows(width: 8, lists, isCounted: true)
    #expect(once.entries(of: 0).map(\.place) == [2, 7])
    #expect(once.entries(of: 0).map(\.value) == [1, 1])
    #expect(counted.entries(of: 0).map(\.value) == [1, 2])
    #expect(once.entries(of: 1).isEmpty)
    #expect(once.count == 3)
  }

  @Test(arguments: [false, true], [3, 16, 200])
  func `training on lists gives the loss of training on the same numbers written out`(isCounted: Bool, units: Int)
    throws
  {
    // Beside whole chunks of 64 columns there is a rest that fills no group of four.
    let width = 301
    let (lists, floats) = Self.both(Self.lists(300, width: width, length: 9), width: width, isCounted: isCounted)
    func losses(_ examples: Examples, threads: Int) throws -> [Double] {
      var random = Random(seed: 5)
      var network = Network(data: [width])
      for line in ["dense \(units) relu", "dense 3 softmax"] {
        try network.append(try Layers.catalogue.value(line), random: &random)
      }
      var trainer = try Trainer(
        optimizer: try Optimizers.catalogue.value("rmsprop lr=0.01"), loss: CategoricalCrossentropy(),
        metrics: [Accuracy()], network: network, targets: .classes(3))
      return try Training(epochs: 3, batch: 140).run(
        &network, &trainer, on: examples, random: &random, threads: Threads(count: threads),
        watch: Training.TrainingObserver(now: { 0 })
      ).epochs.map(\.training.loss)
    }
    let found = try losses(lists, threads: 1)
    #expect(found == (try losses(lists, threads: 3)))
    for (a, b) in zip(found, try losses(floats, threads: 1)) { #expect(abs(a - b) < 1e-5) }
    #expect(found[2] < found[0])
  }

  @Test func `a layer that takes no lists gets them written out`() throws {
    let lists = Self.lists(40, width: 24, length: 4)
    let (sparse, floats) = Self.both(lists, width: 24, isCounted: false)
    func score(_ examples: Examples) throws -> Score {
      var random = Random(seed: 5)
      var network = Network(data: [24])
      for line in ["layernorm", "dense 3 softmax"] {
        try network.append(try Layers.catalogue.value(line), random: &random)
      }
      let trainer = try Trainer(
        optimizer: SGD(), loss: CategoricalCrossentropy(), metrics: [], network: network, targets: .classes(3))
      return try #require(try Evaluation(network, trainer, examples, threads: Threads(count: 2)).run(network))
    }
    #expect(try score(sparse) == (try score(floats)))
  }

  @Test func `25,000 rows of 10,000 columns cost megabytes, and so does training on them`() throws {
    let rows = SparseRows(width: 10_000, Self.lists(25_000, width: 10_000, length: 120))
    #expect(rows.byteCount < 15_000_000)
    let examples = Examples(
      shape: [10_000], features: .lists(rows), targets: .classes([Int](repeating: 0, count: 25_000), count: 2))
    #expect(examples.held.values.reduce(0, +) < 16_000_000)
    var random = Random(seed: 1)
    var network = Network(data: [10_000])
    for line in ["dense 16 relu", "dense 1 sigmoid"] {
      try network.append(try Layers.catalogue.value(line), random: &random)
    }
    let bytes = try #require(Batches.memory(network, capacity: 512, isTraining: true, input: .lists(areThere: true)))
    #expect(bytes < 40_000_000)
  }
}
