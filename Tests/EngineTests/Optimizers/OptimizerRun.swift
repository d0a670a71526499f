@testable import Engine

extension OptimizerTests {
  /// An optimizer with its slots, on so many weights.
  struct Run {
    let optimizer: any Optimizer
    let weights: Buffer
    /// Slot after slot.
    private let memory: Buffer

    init(_ line: String, _ weights: [Double]) throws {
      let optimizer = try Optimizers.catalogue.value(line)
      self.optimizer = optimizer
      self.weights = Buffer(weights)
      memory = Buffer(
        (0..<optimizer.slotCount).flatMap { [Float](repeating: optimizer.start(slot: $0), count: weights.count) })
    }

    var slots: [Float] { memory.values }

    /// One update of the given range of the weights.
    func update(_ gradient: [Double], _ number: Int, _ range: Range<Int>? = nil) {
      let range = range ?? 0..<gradient.count
      let step = Step(number: number, learningRate: optimizer.learningRate)
      let gradient = Buffer(gradient)
      func part(_ buffer: Buffer) -> Block { Block(buffer.floats.part(range.lowerBound, count: range.count)) }
      let first = Block(
        memory.floats.base + range.lowerBound, rows: 1, columns: range.count, stride: range.count)
      optimizer.update(
        part(weights), gradient: part(gradient), slots: Slots(first, distance: weights.floats.count),
        optimizer.constants(at: step))
    }

    /// One update of a block of the weights, read as rows of `width`.
    func update(_ gradient: [Double], _ number: Int, width: Int, rows: Range<Int>, columns: Range<Int>) {
      let gradient = Buffer(gradient)
      func block(_ buffer: Buffer) -> Block {
        Block(
          buffer.floats.base + rows.lowerBound * width + columns.lowerBound, rows: rows.count, columns: columns.count,
          stride: width)
      }
      optimizer.update(
        block(weights), gradient: block(gradient), slots: Slots(block(memory), distance: weights.floats.count),
        optimizer.constants(at: Step(number: number, learningRate: optimizer.learningRate)))
    }
  }
}
