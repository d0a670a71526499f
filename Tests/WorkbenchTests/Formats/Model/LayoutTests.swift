import Engine
import TestSupport
import Testing

@testable import Workbench

@Suite("Weights in other layouts")
struct LayoutTests {
  /// A network whose kernels all have axes to be turned.
  private func bench() -> Bench {
    var bench = Bench(.loaded)
    for line in [
      "add conv2d 3 3 relu", "add depthwise_conv2d 3 depth_multiplier=2", "add batchnorm", "add maxpool2d",
      "add flatten", "add dense 10 softmax", "compile adam", "fit 1 64",
    ] {
      bench.run(line)
    }
    return bench
  }

  private func numbers(_ bench: Bench) -> [[Float]] {
    guard let network = bench.session.network else { return [] }
    return network.tensors.map { network[$0] }
  }

  @Test("what is saved comes back to the bit", arguments: [
    "w.safetensors layout=torch", "w.npz", "w.npz layout=torch", "w.safetensors layout=keras",
  ])
  func roundTrip(_ words: String) throws {
    let folder = try Folder()
    var bench = bench()
    let before = numbers(bench)
    bench.run("save weights \(folder[words])")
    bench.run("reset")
    #expect(numbers(bench) != before)
    bench.run("load weights \(folder[words])")
    #expect(numbers(bench) == before)
  }

  @Test("a kernel has PyTorch's name and shape, the output first")
  func torchShapes() throws {
    let folder = try Folder()
    var bench = bench()
    bench.run("save weights \(folder["w.safetensors"]) layout=torch")
    let file = try TensorFile(try folder.bytes("w.safetensors"), path: "w")
    let shapes = file.entries.mapValues(\.shape)
    #expect(shapes["2.weight"] == [3, 1, 3, 3])
    #expect(shapes["4.weight"] == [6, 1, 3, 3])
    #expect(shapes["5.running_var"] == [6])
    #expect(shapes["8.weight"] == [10, 864])
  }

  @Test("half precision and brain floats are the nearest that there are")
  func narrow() throws {
    let folder = try Folder()
    for (type, loss) in [("f16", 0.0005), ("bf16", 0.004)] {
      var bench = Bench(.trained)
      let before = numbers(bench)
      bench.run("save weights \(folder["\(type).safetensors"]) type=\(type)")
      bench.run("load weights \(folder["\(type).safetensors"])")
      for (old, new) in zip(before.joined(), numbers(bench).joined()) {
        #expect(abs(Double(old - new)) <= loss * abs(Double(old)) + 1e-7)
      }
      #expect(try folder.bytes("\(type).safetensors").count < 2 * 12_730 + 1000)
    }
  }

  @Test("a number beyond half precision is refused, and nothing is written")
  func beyondHalf() throws {
    let folder = try Folder()
    var bench = Bench(.loaded)
    for line in ["add dense 10 bias_initializer=\"random_uniform minval=70000 maxval=70001\""] { bench.run(line) }
    let refused = try bench.refuse("save weights \(folder["w.safetensors"]) type=f16")
    #expect(refused.message.hasPrefix("1.dense.bias holds 7000"))
    #expect(refused.message.hasSuffix("and half precision ends at 65504"))
    #expect(folder.names.isEmpty)
  }

  @Test("arrays of another network are refused by their names and shapes, and nothing changes")
  func wrongArrays() throws {
    let folder = try Folder()
    var other = Bench(.built)
    other.run("save weights \(folder["w.npz"])")
    var bench = bench()
    let before = numbers(bench)
    let refused = try bench.refuse("load weights \(folder["w.npz"])")
    #expect(refused.message.contains("holds 1.dense.kernel, which this network"))
    var small = Bench(.loaded)
    for line in ["add dense 8 relu", "add dense 10 softmax"] { small.run(line) }
    #expect(
      try small.refuse("load weights \(folder["w.npz"])").message
        .hasSuffix("1.dense.kernel has the shape 784×16, expected 784×8"))
    #expect(numbers(bench) == before)
  }

  @Test("an archive that is cut is refused wherever it is cut")
  func cutArchives() throws {
    let folder = try Folder()
    var bench = Bench(.built)
    bench.run("save weights \(folder["w.npz"])")
    let bytes = try folder.bytes("w.npz")
    for length in [0, 1, 30, 100, bytes.count / 2, bytes.count - 1] {
      try folder.write(Array(bytes.prefix(length)), to: "cut.npz")
      _ = try bench.refuse("load weights \(folder["cut.npz"])")
    }
  }

  @Test("an .npz has no half precision")
  func narrowArchive() throws {
    var bench = Bench(.built)
    let refused = try bench.refuse("save weights w.npz type=f16")
    #expect(refused.message == "type=f16 is for .safetensors; an .npz holds single precision")
  }
}
