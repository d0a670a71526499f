import Schemas
import Testing

@testable import Interchange

@Suite("Kernels and windows of ONNX, read")
struct ONNXKernelsTests {
  private func pool(
    _ type: String, _ extents: [Int], _ size: Int, _ attributes: [Onnx_AttributeProto], behind: String? = nil
  ) -> SmallGraph {
    SmallGraph([1] + extents) { graph in
      if let behind { graph.add(behind, "before") }
      graph.add(type, "node", [Onnx_AttributeProto("kernel_shape", extents.map { _ in size })] + attributes)
    }
  }

  @Test("means that count the zeros around them get these from a layer")
  func countedZeros() throws {
    let graph = pool(
      "AveragePool", [3, 3], 3, [Onnx_AttributeProto("pads", [1, 1, 1, 1]), .init("count_include_pad", 1)])
    #expect(try graph.lines() == ["zeropadding2d", "avgpool2d 3 1"])
    #expect(try graph.outputs([Float](repeating: 9, count: 9)) == [4, 6, 4, 6, 9, 6, 4, 6, 4])
  }

  @Test("means that would count zeros, and others that only a size that is rounded up wants, are refused")
  func someCountedZeros() {
    let attributes: [Onnx_AttributeProto] = [
      .init("pads", [1, 1, 0, 0]), .init("strides", [2, 2]), .init("ceil_mode", 1), .init("count_include_pad", 1),
    ]
    #expect(
      pool("AveragePool", [9, 9], 3, attributes).refusal()?
        .hasSuffix("its means count some zeros at the edges, and others not") == true)
  }

  @Test("a size that is rounded up is that of places over the edge, where there are such")
  func roundedUp() throws {
    let attributes = [Onnx_AttributeProto("strides", [2, 2]), .init("ceil_mode", 1)]
    #expect(try pool("MaxPool", [4, 4], 3, attributes).lines() == ["maxpool2d 3 2 same"])
    #expect(try pool("MaxPool", [5, 5], 3, attributes).lines() == ["maxpool2d 3 2"])
    #expect(pool("MaxPool", [6, 6], 5, attributes).refusal()?.contains("it lays zeros as no padding here does") == true)
  }

  @Test("a maximum over zeros is one over the edge where nothing is negative")
  func paddedMaximum() throws {
    let attributes = [Onnx_AttributeProto("pads", [1, 1, 1, 1]), .init("strides", [2, 2])]
    #expect(
      try pool("MaxPool", [4, 4], 3, attributes, behind: "Relu").lines()
        == ["reshape 4 4 1", "activation relu", "zeropadding2d", "maxpool2d 3 2"])
    #expect(
      pool("MaxPool", [4, 4], 3, attributes, behind: "Tanh").refusal()?
        .hasSuffix("it reaches over the edges as no padding here does") == true)
  }

  @Test("a size that is rounded up without padding is told in two ways, and refused where they differ")
  func roundedValid() throws {
    let attributes: [Onnx_AttributeProto] = [
      .init("strides", [2, 2]), .init("ceil_mode", 1), .init("auto_pad", text: "VALID"),
    ]
    #expect(try pool("MaxPool", [5, 5], 3, attributes).lines() == ["maxpool2d 3 2"])
    #expect(pool("MaxPool", [4, 4], 3, attributes).refusal()?.hasSuffix("which is told two ways") == true)
  }

  @Test("what a kernel's outputs are multiplied by, or moved, is the kernel's own", arguments: [true, false])
  func folded(_ hasBias: Bool) throws {
    let graph = SmallGraph([1, 2, 2]) { graph in
      let constants = [graph.keep("kernel", [2, 1, 1, 1], [3, 5])] + (hasBias ? [graph.keep("bias", [2], [1, -1])] : [])
      graph.add("Conv", "conv", constants: constants)
      graph.add("Mul", "scaled", constants: [graph.keep("factors", [2, 1, 1], [2, -1])])
      graph.add("Sub", "moved", inputs: [graph.keep("offsets", [1, 2, 1, 1], [100, 10]), graph.current])
      graph.add("Relu", "last")
    }
    #expect(try graph.lines() == ["conv2d 2 1 relu"])
    // 100 − 2·(3x + 1) and 10 + (5x − 1)
    let pixels: [Float] = [0, 1, 2, -3]
    let bias: Float = hasBias ? 1 : 0
    let expected = pixels.flatMap { x -> [Float] in [100 - 2 * (3 * x + bias), 10 + 5 * x - bias] }
    #expect(try graph.outputs(pixels) == expected.map { max($0, 0) })
  }

  @Test("a bias of other than a number for each filter is refused, whatever follows it", arguments: [1, 3])
  func biases(_ count: Int) {
    let graph = SmallGraph([1, 2, 2]) { graph in
      let bias = graph.keep("bias", [count], [Float](repeating: 1, count: count))
      graph.add("Conv", "conv", constants: [graph.keep("kernel", [2, 1, 1, 1], [3, 5]), bias])
      graph.add("Mul", "scaled", constants: [graph.keep("factors", [2, 1, 1], [2, -1])])
    }
    #expect(graph.refusal()?.hasSuffix("its bias has \(count) numbers; expected one for each filter, 2") == true)
  }

  @Test("numbers along another axis than that of its outputs are no kernel's own")
  func unfolded() {
    let graph = SmallGraph([1, 2, 2]) { graph in
      graph.add("Conv", "conv", constants: [graph.keep("kernel", [2, 1, 1, 1], [3, 5])])
      graph.add("Mul", "scaled", constants: [graph.keep("factors", [2], [2, -1])])
    }
    #expect(graph.refusal()?.hasSuffix("one for each channel, besides") == true)
  }

  @Test("a kernel of no numbers, or of another size than it says, is refused for that")
  func kernels() {
    func conv(_ shape: [Int], _ attributes: [Onnx_AttributeProto] = []) -> String? {
      SmallGraph([1, 4, 4]) { graph in
        let numbers = [Float](repeating: 1, count: shape.reduce(1, *))
        graph.add("Conv", "node", constants: [graph.keep("kernel", shape, numbers)], attributes)
      }.refusal()
    }
    #expect(conv([2, 1, 0, 3])?.hasSuffix("its kernel of 2×1×0×3 has no numbers") == true)
    #expect(
      conv([2, 1, 3, 3], [.init("kernel_shape", [2, 2])])?
        .hasSuffix("its kernel is 3x3, and its kernel_shape says another") == true)
    #expect(
      conv([2, 1, 3])?.hasSuffix("its kernel has 1 axes to slide along, the image 2; expected 1 or 2") == true)
  }

  @Test("what a layer here does not take is refused by the node that it comes of")
  func unfit() {
    let graph = SmallGraph([1, 9, 9]) { graph in
      let kernel = graph.keep("kernel", [1, 1, 2, 2], [1, 2, 3, 4])
      let sparse = [Onnx_AttributeProto("strides", [2, 2]), .init("dilations", [2, 2])]
      graph.add("Conv", "conv", constants: [kernel], sparse)
      graph.add("Tanh", "bent")
    }
    #expect(
      graph.refusal()?.hasPrefix("n.onnx: node 1 (conv), Conv, becomes no layer here: conv2d takes strides or") == true)
  }

  @Test("what a global pool leaves is an image of one pixel to a convolution")
  func pixel() throws {
    let graph = SmallGraph([2, 2, 2]) { graph in
      graph.add("GlobalAveragePool", "pool")
      graph.add("Conv", "conv", constants: [graph.keep("kernel", [1, 2, 1, 1], [10, 1])])
      graph.add("Flatten", "row")
    }
    #expect(try graph.lines() == ["globalavgpool2d", "reshape 1 1 2", "conv2d 1 1 use_bias=no", "flatten"])
    #expect(try graph.outputs([1, 2, 3, 4, 5, 6, 7, 8]) == [45])
  }

  @Test("a matrix for every step of a sequence is a convolution with a window of one, what is added its bias")
  func steps() throws {
    let graph = SmallGraph([2, 3]) { graph in
      graph.add("MatMul", "product", constants: [graph.keep("matrix", [3, 2], [1, 0, 0, 1, 1, 1])])
      graph.add("Add", "sum", constants: [graph.keep("bias", [2], [10, 20])])
      graph.add("Relu", "bent")
    }
    #expect(try graph.lines() == ["conv1d 2 1 relu"])
    #expect(try graph.outputs([1, 2, 3, 4, 5, -60]) == [14, 25, 0, 0])
  }
}
