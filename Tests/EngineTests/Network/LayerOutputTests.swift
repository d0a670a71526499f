import Testing

@testable import Engine

@Suite("What layers make of an example")
struct LayerOutputTests {
  @Test("behind each layer there are its numbers, and behind the last what the network answers")
  func numbers() throws {
    var random = Random(seed: 3)
    var network = Network(data: [2, 2])
    try network.append(Dense(units: 3, activation: ReLU()), random: &random)
    try network.append(Dense(units: 2, activation: Linear()), random: &random)
    let examples = Examples(shape: [2, 2], pixels: Bytes([0, 0, 0, 0, 255, 51, 0, 102]), labels: [0, 1], classes: 2)
    let threads = Threads(count: 1)
    let input: [Float] = [1, 0.2, 0, 0.4]
    let (kernel, bias) = (network[network.tensors[0]], network[network.tensors[1]])
    let hidden = (0..<3).map { unit in
      max(0, bias[unit] + (0..<4).reduce(Float(0)) { $0 + input[$1] * kernel[$1 * 3 + unit] })
    }
    let first = try LayerOutput(behind: 1, of: network, example: 1, in: examples, threads: threads)
    #expect(first.shape == [3])
    #expect(zip(first.values, hidden).allSatisfy { abs($0 - $1) < 1e-6 })
    let (second, end) = (network[network.tensors[2]], network[network.tensors[3]])
    let output = (0..<2).map { unit in end[unit] + (0..<3).reduce(Float(0)) { $0 + hidden[$1] * second[$1 * 2 + unit] }
    }
    let last = try LayerOutput(behind: 2, of: network, example: 1, in: examples, threads: threads)
    #expect(zip(last.values, output).allSatisfy { abs($0 - $1) < 1e-6 })
  }
}
