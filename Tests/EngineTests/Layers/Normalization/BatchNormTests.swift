import Testing

@testable import Engine

@Suite struct BatchNormTests {
  static let twins = [
    twin([4, 3, 5]), twin([7]), twin([9, 2], epsilon: 0.1, centers: false), twin([5], scales: false),
    twin([2, 2, 3], centers: false, scales: false), twin([40, 35, 3]),
  ]

  static func twin(_ shape: Shape, epsilon: Double = 1e-3, centers: Bool = true, scales: Bool = true) -> Twin {
    Twin(BatchNorm(NormChoices(epsilon: epsilon, centers: centers, scales: scales)), shape) { given in
      let width = shape.last
      let moments = (0..<width).map { channel -> (Double, Double) in
        guard given.isTraining else {
          return (given.weights["moving_mean"]?[channel] ?? 0, given.weights["moving_variance"]?[channel] ?? 0)
        }
        let values = stride(from: channel, to: given.input.count, by: width).map { given.input[$0] }
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
      }
      let (gamma, beta) = (given.weights["gamma"], given.weights["beta"])
      return given.input.enumerated().map { index, x in
        let (mean, variance) = moments[index % width]
        let normal = (x - mean) / (variance + epsilon).squareRoot()
        return (gamma?[index % width] ?? 1) * normal + (beta?[index % width] ?? 0)
      }
    }
  }

  @Test("moving statistics as counted by hand: biased variance, momentum times the old")
  func byHand() throws {
    let bench = try Bench(BatchNorm(momentum: 0.75), [2], batch: 4)
    // Means 4 and 0.5, variances (9 + 1 + 1 + 9)/4 = 5 and 0.25.
    for (i, value) in [Float](arrayLiteral: 1, 0, 3, 1, 5, 1, 7, 0).enumerated() { bench.input[i] = value }
    (bench.weights[2][0], bench.weights[2][1]) = (0, 2)
    (bench.weights[3][0], bench.weights[3][1]) = (1, 3)
    bench.forward()
    #expect(bench.weights[2].doubles == [1, 1.625])
    #expect(bench.weights[3].doubles == [2, 2.3125])
  }

  @Test("numbers as Keras 3.15.1 gives them after two batches")
  func golden() throws {
    let bench = try Bench(BatchNorm(), [5, 6, 2], batch: 1)
    for i in 0..<60 { bench.input[i] = Float(i * 7 % 11 - 5) / 4 }
    for (index, value) in [Float](arrayLiteral: 1, 0, 0, 1).enumerated() { bench.weights[index].fill(value) }
    bench.forward()
    bench.forward()
    let expected = [
      -1.549243, 0.624578, -0.619697, 1.577325, 0.309849, -0.963333, 1.239394, -0.010586, -1.239394, 0.942160,
      -0.309849, -1.598497,
    ]
    #expect(distance(Array(bench.output.doubles[..<12]), expected) < 2e-6)
    #expect(distance(bench.weights[2].doubles, [0, 0.000166], floor: 1) < 1e-6)
    #expect(distance(bench.weights[3].doubles, [0.993035, 0.992412]) < 1e-6)
  }

  @Test("the tensors have Keras's names, and only γ and β are trained")
  func tensors() throws {
    var (network, random) = (Network(data: [4]), Random(seed: 1))
    try network.append(Dense(units: 3), random: &random)
    try network.append(BatchNorm(), random: &random)
    #expect(
      network.tensors.dropFirst(2).map(\.name) == [
        "2.batchnorm.gamma", "2.batchnorm.beta", "2.batchnorm.moving_mean", "2.batchnorm.moving_variance",
      ])
    #expect((network.parameters, network.trainable) == (15 + 12, 15 + 6))
    #expect(network.tensors.dropFirst(2).map { network[$0] } == [[1, 1, 1], [0, 0, 0], [0, 0, 0], [1, 1, 1]])
  }

  @Test("fit moves the moving statistics, evaluate does not, and the optimizer leaves them alone")
  func inANetwork() throws {
    var (network, random) = (Network(data: [4]), Random(seed: 1))
    try network.append(BatchNorm(momentum: 0.5), random: &random)
    try network.append(Dense(units: 2, activation: Softmax()), random: &random)
    let pixels = (0..<64).map { UInt8($0 * 37 % 256) }
    let examples = Examples(shape: [4], pixels: Bytes(pixels), labels: (0..<16).map { $0 % 2 }, classes: 2)
    var trainer = try Trainer(
      optimizer: SGD(learningRate: 0), loss: CategoricalCrossentropy(), metrics: [], network: network,
      targets: .classes(2))
    let threads = Threads(count: 2)
    var training = Training(epochs: 1, batch: 16)
    training.shuffles = false
    _ = try training.run(
      &network, &trainer, on: examples, random: &random, threads: threads, watch: Training.TrainingObserver(now: { 0 }))
    let means = (0..<4).map { channel in
      (0..<16).reduce(0.0) { $0 + Double(pixels[$1 * 4 + channel]) / 255 } / 16
    }
    #expect(distance(network[network.tensors[2]].map(Double.init), means.map { $0 / 2 }) < 1e-5)
    #expect(network[network.tensors[0]] == [1, 1, 1, 1])
    let before = network.values
    _ = try Evaluation(network, trainer, examples, threads: threads).run(network)
    #expect(network.values == before)
  }
}
