import Foundation
import Grammar
import Testing

@testable import Engine

/// What every layer of the catalogue has to keep.
@Suite struct LayerTests {
  @Test("every layer has a twin")
  func everyLayerHasATwin() {
    let names = Set(Twin.all.map(\.layer.name))
    #expect(Layers.catalogue.forms.map(\.name).filter { !names.contains($0) } == [])
  }

  @Test func `every layer has tests of its own`() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let tests = Set((all?.compactMap { $0 as? URL } ?? []).map(\.lastPathComponent))
    #expect(Layers.all.map { "\($0)Tests.swift" }.filter { !tests.contains($0) } == [])
  }

  @Test("forward agrees with the twin, in training and otherwise", arguments: Twin.all)
  func forward(_ twin: Twin) throws {
    for batch in twin.batches {
      for isTraining in [true, false] {
        let bench = try Bench(twin.layer, twin.shape, batch: batch, isTraining: isTraining)
        let expected = twin.forward(bench.given)
        bench.forward()
        #expect(bench.output.count == expected.count, "the predicted shape is the actual one")
        #expect(distance(bench.output.doubles, expected) < 1e-5, "batch \(batch), training \(isTraining)")
        #expect(bench.isFenced)
      }
    }
  }

  @Test("gradients agree with central differences of the twin", arguments: Twin.all)
  func gradients(_ twin: Twin) throws {
    for batch in twin.batches {
      let bench = try Bench(twin.layer, twin.shape, batch: batch)
      let given = bench.given
      bench.forward()
      bench.backward()
      #expect(bench.isFenced)
      let outputGradient = bench.outputGradient.doubles
      func loss(_ given: Twin.Given) -> Double {
        zip(twin.forward(given), outputGradient).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let samples = twin.isLarge ? 2 : 12
      check(bench.inputGradient, "input", batch, samples) { index, step in
        var moved = given
        moved.input[index] += step
        return loss(moved)
      }
      for (weight, gradient) in zip(bench.names, bench.gradients) where weight.isTrainable {
        check(gradient, weight.name, batch, samples) { index, step in
          var moved = given
          moved.weights[weight.name]?[index] += step
          return loss(moved)
        }
      }
    }
  }

  /// Compares some of the gradients with central differences.
  private func check(_ gradient: FloatSpan, _ name: String, _ batch: Int, _ samples: Int, loss: (Int, Double) -> Double)
  {
    let step = 1e-5
    let indices = stride(from: 0, to: gradient.count, by: max(1, gradient.count / samples))
    let expected = indices.map { (loss($0, step) - loss($0, -step)) / (2 * step) }
    let found = indices.map { Double(gradient[$0]) }
    #expect(distance(found, expected, floor: 1e-2) < 1e-4, "∂L/∂\(name), batch \(batch)")
  }

  @Test("weights' gradients are the same when nobody wants the input's", arguments: Twin.all)
  func withoutInputGradient(_ twin: Twin) throws {
    let benches = try [true, false].map { withInput in
      let bench = try Bench(twin.layer, twin.shape, batch: 3)
      bench.forward()
      bench.backward(withInput: withInput)
      return bench
    }
    for index in benches[0].gradients.indices where benches[0].names[index].isTrainable {
      #expect(benches[0].gradients[index].doubles == benches[1].gradients[index].doubles)
    }
  }

  @Test("the same bits at 1, 2, 3 and 7 threads", arguments: Twin.all)
  func threads(_ twin: Twin) throws {
    let bits = try [1, 2, 3, 7].map { count in
      let bench = try Bench(twin.layer, twin.shape, batch: 13)
      let threads = Threads(count: count)
      bench.forward(threads: threads)
      bench.backward(threads: threads)
      return bench.bits
    }
    #expect(bits.allSatisfy { $0 == bits[0] })
  }

  @Test("only training changes weights, and only those that no optimizer changes", arguments: Twin.all)
  func weightsStay(_ twin: Twin) throws {
    for isTraining in [true, false] {
      let bench = try Bench(twin.layer, twin.shape, batch: 3, isTraining: isTraining)
      let before = bench.weights.map(\.doubles)
      bench.forward()
      for (index, weight) in bench.names.enumerated() where weight.isTrainable || !isTraining {
        #expect(bench.weights[index].doubles == before[index], "\(weight.name)")
      }
    }
  }

  @Test("the line of a layer reads back as the same layer", arguments: Twin.all)
  func roundTrip(_ twin: Twin) throws {
    let line = try #require(Layers.catalogue.line(twin.layer))
    let again = try LayerTests.read(line)
    #expect(Layers.catalogue.line(again) == line)
    let bench = try Bench(twin.layer, twin.shape, batch: 2)
    let second = try Bench(again, twin.shape, batch: 2)
    bench.forward()
    second.forward()
    #expect(second.output.doubles == bench.output.doubles, "\(line)")
  }

  @Test(
    "the examples of the help can be read, and begin a network", arguments: Layers.catalogue.forms.flatMap(\.examples))
  func examples(_ line: String) throws {
    var network = Network(data: [28, 28])
    var random = Random(seed: 1)
    try network.append(try LayerTests.read(String(line.dropFirst("add ".count))), random: &random)
    #expect(network.layers.count == 1)
  }

  /// A layer as it would be typed behind `add`.
  static func read(_ line: String) throws -> any Layer {
    let words = try Words(line)
    let head = try #require(words.all.first)
    let arguments = try Arguments(head: head, words: words.all.dropFirst(), end: words.end)
    return try Layers.catalogue.form(head).read(arguments)
  }
}
