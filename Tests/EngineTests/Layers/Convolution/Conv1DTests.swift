import Grammar
import Testing

@testable import Engine

@Suite struct Conv1DTests {
  static let twins = [
    twin(3, 3, on: [9, 2]), twin(5, 2, strides: 2, padding: .same, on: [8, 3]), twin(2, 3, strides: 3, on: [11, 1]),
    twin(4, 3, padding: .same, dilation: 2, on: [7, 2]), twin(3, 2, padding: .causal, on: [6, 4]),
    twin(2, 3, padding: .causal, dilation: 3, on: [8, 2]), twin(2, 3, strides: 2, padding: .causal, on: [7, 3]),
    twin(3, 9, padding: .causal, on: [4, 2]), twin(33, 5, padding: .causal, on: [12, 17], bias: false),
    twin(2, 1, on: [5, 3]),
  ]

  static func twin(
    _ filters: Int, _ kernel: Int, strides: Int = 1, padding: SequencePadding = .valid, dilation: Int = 1,
    on shape: Shape, bias: Bool = true
  ) -> Twin {
    var choices = KernelChoices()
    choices.usesBias = bias
    let layer = Conv1D(
      filters: filters, kernel: kernel, strides: strides, padding: padding, dilation: dilation, choices)
    return Twin(layer, shape) { given in
      let (steps, channels, reach) = (shape[0], shape[1], (kernel - 1) * dilation + 1)
      var (places, before) = Twin.places(steps, reach, strides, same: padding == .same)
      if padding == .causal { (places, before) = ((steps + strides - 1) / strides, reach - 1) }
      let (w, b) = (given.weights["kernel"] ?? [], given.weights["bias"])
      var y: [Double] = []
      for place in 0..<given.batch * places {
        let (row, start) = (place / places, place % places * strides - before)
        for filter in 0..<filters {
          var sum = b?[filter] ?? 0
          for i in 0..<kernel where (0..<steps).contains(start + i * dilation) {
            for c in 0..<channels {
              sum +=
                given.input[(row * steps + start + i * dilation) * channels + c]
                * w[(i * channels + c) * filters + filter]
            }
          }
          y.append(sum)
        }
      }
      return y
    }
  }

  @Test func `a causal place does not see what comes after it`() throws {
    let layer = Conv1D(filters: 2, kernel: 3, padding: .causal, dilation: 2)
    let outputs = try [Float(0), 9].map { last in
      let bench = try Bench(layer, [6, 1], batch: 1)
      bench.input[5] = last
      bench.forward()
      return bench.output.doubles
    }
    #expect(outputs[0][..<10] == outputs[1][..<10])
    #expect(outputs[0][10...] != outputs[1][10...])
  }

  @Test func `numbers without channels get one, and the kernel stands as Keras has it`() throws {
    var (network, random) = (Network(data: [20]), Random(seed: 1))
    try network.append(Conv1D(filters: 4, kernel: 3), random: &random)
    try network.append(Conv1D(filters: 8, kernel: 5, padding: .causal), random: &random)
    #expect(network.shapes == [[20, 1], [18, 4], [18, 8]])
    #expect(network.tensors.map(\.name) == ["1.conv1d.kernel", "1.conv1d.bias", "2.conv1d.kernel", "2.conv1d.bias"])
    #expect(network.tensors[2].weight.shape == [5, 4, 8])
    #expect(network.layers[1].products(for: [18, 4]) == 18 * 5 * 4 * 8)
  }

  @Test(
    arguments: [
      (
        "conv1d 8 5 relu", [4, 2], "kernel of 5 steps is longer than its sequence, 4×2; it needs 5×2 or more",
        "padding=same"
      ),
      ("conv1d 8 3 dilation_rate=2", [4, 1], "kernel of 5 steps", "padding=same"),
      ("maxpool1d 5", [4, 2], "maxpool1d's window of 5 steps", "padding=same"),
      ("avgpool1d 5", [4, 2], "avgpool1d's window of 5 steps", "padding=same"),
      ("conv1d 8 3", [784], "needs sequences, steps × channels, and gets 784", "add reshape 784 1"),
      ("globalmaxpool1d", [28, 28, 1], "gets 28×28×1", "add reshape 784 1"),
      ("conv1d 8 3 strides=2 dilation=2", [9, 1], "strides or dilation above 1, not both", "help conv1d"),
    ] as [(String, Shape, String, String)])
  func `a refusal says what it got, what it needs and what to type`(
    _ line: String, _ input: Shape, _ message: String, _ hint: String
  ) throws {
    let refusal = #expect(throws: Refusal.self) { try LayerTests.read(line).output(for: input) }
    #expect(refusal?.message.contains(message) == true, "\(refusal?.message ?? "")")
    if hint == "padding=same" {
      let again = try LayerTests.read(String(try #require(refusal?.hint).dropFirst(4)))
      #expect(throws: Never.self) { try again.output(for: input) }
    } else {
      #expect(refusal?.hint == hint)
    }
  }
}
