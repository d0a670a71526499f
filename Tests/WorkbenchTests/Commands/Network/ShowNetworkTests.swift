import Testing

@testable import Workbench

@Suite("show network, show weights, show activations")
struct ShowNetworkTests {
  @Test("the diagram names every layer with its activation, shapes and parameters")
  func diagram() {
    var bench = Bench(.built)
    let text = bench.outcome("show network")?.text ?? ""
    for word in [
      "input", "28×28", "dense 16 relu", "784 → 16  12,560 parameters", "dense 10 softmax", "16 → 10  170 parameters",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("layers with parameters, quotes and no activation are named shortly")
  func names() {
    var bench = Bench(.loaded)
    for line in [
      "conv2d 4 3 relu padding=same", "maxpool2d", "flatten", "dropout 0.5", "dense 10", "activation softmax",
    ] {
      bench.run("add \(line)")
    }
    let text = bench.outcome("show network")?.text ?? ""
    for word in [
      "│ conv2d 4 3 relu ", "│ maxpool2d ", "│ flatten ", "│ dropout 0.5 ", "│ dense 10 ", "│ activation softmax ",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("weights come with the figures of every tensor")
  func weights() throws {
    var bench = Toy.bench
    let outcome = bench.outcome("show weights 1")
    #expect(
      outcome?.result.hasPrefix(
        #"{"tensors":[{"name":"1.dense.kernel","shape":[3,3],"least":0.0,"most":2.0,"mean":0.666666"#) == true)
    #expect(outcome?.text.contains("all 9 weights of the matrix 3×3") == true)
  }

  @Test(
    "each kind of weights can be drawn",
    arguments: [
      ("dense 10 softmax", 1, "what 10 of 10 units look for"), ("conv2d 4 3", 1, "4 of 4 kernels"),
      ("batchnorm", 1, "numbers"),
    ])
  func kinds(layer: String, number: Int, says: String) {
    var bench = Bench(.loaded)
    bench.run("add \(layer)")
    #expect(bench.outcome("show weights \(number)")?.text.contains(says) == true)
  }

  @Test("what has no weights is refused, and says where there are some")
  func refused() throws {
    var bench = Bench(.built)
    bench.run("add dropout 0.5")
    #expect(try bench.refuse("show weights 3").hint == "show weights 1")
    #expect(try bench.refuse("show weights 4").message == "there is no layer 4: the network has 3")
    #expect(try bench.refuse("show activations 9 0").message == "there is no layer 9: the network has 3")
    #expect(try bench.refuse("show activations 1 100").message == "there is no test example 100: they go from 0 to 99")
    var empty = Bench(.loaded)
    empty.run("add flatten")
    #expect(try empty.refuse("show weights").message == "no layer of the network has weights")
  }

  @Test("activations of the last layer are the probabilities, those of a convolution are maps")
  func activations() throws {
    var bench = Bench(.trained)
    let predicted = bench.outcome("predict 7")?.result ?? ""
    let values = bench.outcome("show activations 2 7")?.result ?? ""
    let list = try #require(values.split(separator: "\"values\":").last?.dropLast())
    #expect(predicted.contains(list))
    var maps = Bench(.loaded)
    maps.run("add conv2d 4 3 relu")
    #expect(maps.outcome("show activations 1 0")?.result.hasPrefix("{\"shape\":[26,26,4],") == true)
    #expect(maps.outcome("show activations 1 0")?.text.contains("26×26×4") == true)
  }
}
