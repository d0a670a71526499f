import Testing

@testable import Engine

/// One layer with random numbers in memory of its own, to be run forwards and backwards.
///
/// What a pass has to write, and its scratch memory, are full of NaN before, and a fence stands behind each part: a
/// number that is read before it is written, or written outside, does not go unseen.
final class Bench {
  private static let fence: Float = 12_345.678

  private let operation: any Operation
  let shape: Shape
  let batch: Int
  let isTraining: Bool
  let names: [Weight]
  let input: FloatSpan
  let output: FloatSpan
  let weights: [FloatSpan]
  let gradients: [FloatSpan]
  let outputGradient: FloatSpan
  let inputGradient: FloatSpan
  private let saved: FloatSpan
  private let scratch: FloatSpan
  private let seed: UInt64
  private var memory: [UnsafeMutablePointer<Float>] = []
  private var fences: [UnsafeMutablePointer<Float>] = []

  init(_ layer: any Layer, _ shape: Shape, batch: Int, isTraining: Bool = true, seed: UInt64 = 11) throws {
    #expect(throws: Never.self) { try Products.prepare() }
    var plan = Plan(batch: batch, isTraining: isTraining)
    operation = layer.operation(for: shape, in: &plan)
    self.shape = shape
    self.batch = batch
    self.isTraining = isTraining
    self.seed = seed
    names = layer.weights(for: shape)
    var (memory, fences): ([UnsafeMutablePointer<Float>], [UnsafeMutablePointer<Float>]) = ([], [])
    func take(_ count: Int) -> FloatSpan {
      let base = UnsafeMutablePointer<Float>.allocate(capacity: count + 16)
      base.initialize(repeating: .nan, count: count)
      (base + count).initialize(repeating: Bench.fence, count: 16)
      memory.append(base)
      fences.append(base + count)
      return FloatSpan(base, count: count)
    }
    let outputs = batch * (try layer.output(for: shape)).count
    input = take(batch * shape.count)
    output = take(outputs)
    outputGradient = take(outputs)
    inputGradient = take(batch * shape.count)
    weights = names.map { take($0.shape.count) }
    gradients = names.map { take($0.shape.count) }
    saved = take(try #require(plan.saved))
    scratch = take(try #require(plan.scratch))
    (self.memory, self.fences) = (memory, fences)
    draw()
  }

  deinit { memory.forEach { $0.deallocate() } }

  private func draw() {
    var random = Random(seed: seed &* 977)
    for values in [input, outputGradient] + weights {
      for i in 0..<values.count { values[i] = 2 * random.uniform() - 1 }
    }
    for (weight, values) in zip(names, weights) where weight.name == "moving_variance" {
      for i in 0..<values.count { values[i] = abs(values[i]) + 0.5 }
    }
  }

  /// What the twin gets of this.
  var given: Twin.Given {
    Twin.Given(
      batch: batch, shape: shape, input: input.doubles,
      weights: Dictionary(uniqueKeysWithValues: zip(names.map(\.name), weights.map(\.doubles))),
      isTraining: isTraining, seed: seed)
  }

  func forward(threads: Threads = Threads(count: 1)) {
    operation.forward(
      ForwardPass(
        batch: batch, inputShape: shape, input: input, output: output, weights: weights, saved: saved, scratch: scratch,
        isTraining: isTraining, seed: seed, threads: threads))
  }

  func backward(threads: Threads = Threads(count: 1), withInput: Bool = true) {
    scratch.fill(.nan)
    operation.backward(
      BackwardPass(
        batch: batch, inputShape: shape, input: input, outputGradient: outputGradient,
        inputGradient: withInput ? inputGradient : nil, weights: weights, sink: GradientSink(gradients), saved: saved,
        scratch: scratch, threads: threads))
  }

  /// Whether nothing was written behind any part.
  var isFenced: Bool {
    fences.allSatisfy { fence in (0..<16).allSatisfy { fence[$0] == Bench.fence } }
  }

  /// Everything that a forward and a backward pass write, bit by bit.
  var bits: [UInt32] {
    let trained = zip(names, gradients).filter(\.0.isTrainable).map(\.1)
    return ([output, inputGradient] + trained + weights).flatMap { values in
      (0..<values.count).map { values[$0].bitPattern }
    }
  }
}

extension FloatSpan {
  var doubles: [Double] { (0..<count).map { Double(self[$0]) } }
}

/// The largest distance between two rows of numbers, measured by the largest of the second; at least by `floor`.
func distance(_ a: [Double], _ b: [Double], floor: Double = 1e-6) -> Double {
  guard a.count == b.count else { return .infinity }
  let largest = b.reduce(floor) { max($0, abs($1)) }
  var worst = 0.0
  for (a, b) in zip(a, b) {
    guard a.isFinite, b.isFinite else { return .infinity }
    worst = max(worst, abs(a - b) / largest)
  }
  return worst
}
