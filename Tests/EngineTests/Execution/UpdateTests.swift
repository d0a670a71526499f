import Testing

@testable import Engine

@Suite struct UpdateTests {
  @Test("lengths are those of each tensor, and have the same bits at any number of threads")
  func squares() throws {
    let scene = try Scene(["dense 120 relu", "dense 3 softmax"], shape: [30, 30])
    var random = Random(seed: 3)
    let gradients = Buffer(random.numbers(scene.network.values.count, in: -1...1))
    var values = scene.network.values
    let all = values.withUnsafeMutableBufferPointer { buffer in
      let weights = FloatSpan(buffer, 0..<buffer.count)
      let update = Update(
        scene.trainer.optimizer, Step(number: 1, learningRate: 1), scene.trainer.limits, scene.network.tensors,
        weights: weights, slots: weights)
      return [1, 2, 3, 7].map { count in
        scene.network.tensors.indices.map {
          update.squares(of: gradients.floats, tensor: $0, threads: Threads(count: count))
        }
      }
    }
    for (tensor, square) in zip(scene.network.tensors, all[0]) {
      let values = gradients.doubles[tensor.range]
      #expect(abs(square - values.reduce(0) { $0 + $1 * $1 }) < 1e-9 * square)
    }
    #expect(all.allSatisfy { $0 == all[0] })
  }

  @Test("a block that a layer hands over gives the same bits as the whole gradient")
  func blocks() throws {
    let (rows, columns) = (40, 300)
    let line = ["dense \(columns) l2=0.1", "dense 3 softmax"]
    let limits = GradientLimits(clipValue: 0.5, weightDecay: 0.01)
    var (whole, blocks) = (
      try Scene(line, optimizer: "adam", shape: [rows], limits: limits),
      try Scene(line, optimizer: "adam", shape: [rows], limits: limits)
    )
    let panels = try #require(whole.network.tensors[0].weight.panels)
    var random = Random(seed: 5)
    let gradients = random.numbers(whole.network.values.count, in: -1...1)
    whole.update(Buffer(gradients), learningRate: 0.1)
    let second = Buffer(gradients)
    let tensors = blocks.network.tensors
    blocks.trainer.update(&blocks.network, learningRate: 0.1, threads: Threads(count: 1)) { values, update in
      for row in stride(from: 0, to: rows, by: 10) {
        for column in stride(from: 0, to: columns, by: 64) {
          let width = min(64, min(columns, (column / panels.width + 1) * panels.width) - column)
          let place = Place(row: row, column: column)
          update?.change(
            panels.block(at: place, rows: 10, columns: width, of: values.part(0, count: tensors[0].count)),
            Penalty(l1: 0, l2: 0.1),
            gradient: panels.block(at: place, rows: 10, columns: width, of: second.floats))
        }
      }
      for index in 1..<tensors.count {
        update?.change(
          index, gradient: second.floats.part(tensors[index].offset, count: tensors[index].count),
          threads: Threads(count: 1))
      }
      return second.floats
    }
    #expect(whole.state == blocks.state)
  }
}
