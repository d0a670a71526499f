import Engine
import Foundation
import Grammar
import Schemas
import SwiftProtobuf
import Testing

@testable import Interchange

/// The backend tests that ONNX publishes, as files of the Debian package libonnx-testdata.
@Suite("ONNX's published cases")
struct PublishedCasesTests {
  private static let folder = "/usr/share/libonnx-testdata/data"
  private static let isThere = FileManager.default.fileExists(atPath: folder)

  /// What became of a case.
  private enum Result {
    case passed
    case failed(String)
    /// No layer of ours does the same, for this reason.
    case refused(String)
  }

  @Test(
    "every published case whose graph our layers express gives the published outputs",
    .enabled(if: isThere, "apt-get install libonnx-testdata"))
  func cases() throws {
    let fileManager = FileManager.default
    var (passed, reasons) = ([String](), [String: Int]())
    for group in try fileManager.contentsOfDirectory(atPath: Self.folder).sorted() {
      for name in try fileManager.contentsOfDirectory(atPath: "\(Self.folder)/\(group)").sorted() {
        switch try result("\(Self.folder)/\(group)/\(name)") {
        case .passed: passed.append(name)
        case .failed(let why): Issue.record("\(name): \(why)")
        case .refused(let reason): reasons[reason, default: 0] += 1
        case nil: continue
        }
      }
    }
    let list = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" }
    let all = passed.count + reasons.values.reduce(0, +)
    let report = "\(passed.count) of \(all) published cases of ONNX pass; refused:\n\(list.joined(separator: "\n"))\n"
    // At once, as what is printed may be lost at the end of the tests.
    FileHandle.standardError.write(Data(report.utf8))
    #expect(passed.count >= 215)
  }

  private func result(_ path: String) throws -> Result? {
    guard let model = FileManager.default.contents(atPath: "\(path)/model.onnx") else { return nil }
    let data = "\(path)/test_data_set_0"
    guard let input = tensor("\(data)/input_0.pb"), let expected = tensor("\(data)/output_0.pb") else {
      return .refused("inputs or outputs of another kind")
    }
    let reader: ONNXReader
    do throws(Refusal) {
      let chain = try ONNXChain([UInt8](model), path: "case", given: given(model, data))
      reader = try ONNXReader(chain)
    } catch { return .refused(reason(error.message)) }
    guard let batch = input.shape.first, batch > 0 else { return .refused("no batch") }
    let outputs = try outputs(reader.network, reader, input, batch)
    if let fault = fault(outputs, expected.values) { return .failed(fault) }
    // What was read can be written, and read again.
    let again = try ONNXReader(
      try ONNXModel.bytes(reader.network, takesBytes: false, classes: []), path: "again"
    ).network
    guard again.data == reader.network.data else { return .failed("it comes back with data of \(again.data)") }
    return fault(try self.outputs(again, reader, input, batch), outputs).map { .failed("again \($0)") } ?? .passed
  }

  /// What is wrong with numbers; nil when they are the expected ones.
  private func fault(_ numbers: [Float], _ expected: [Float]) -> String? {
    guard numbers.count == expected.count else { return "\(numbers.count) numbers" }
    let worst = zip(numbers, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
    return worst <= 1e-3 ? nil : "off by \(worst)"
  }

  /// Constants that come in as inputs of the graph.
  private func given(_ model: Data, _ data: String) -> [String: ONNXTensor] {
    guard let graph = (try? Onnx_ModelProto(serializedBytes: model))?.graph else { return [:] }
    let own = Set(graph.initializer.map(\.name))
    let names = graph.input.map(\.name).filter { !own.contains($0) }
    var given: [String: ONNXTensor] = [:]
    for (place, name) in names.enumerated().dropFirst() { given[name] = tensor("\(data)/input_\(place).pb") }
    return given
  }

  private func tensor(_ path: String) -> ONNXTensor? {
    guard let bytes = FileManager.default.contents(atPath: path),
      let proto = try? Onnx_TensorProto(serializedBytes: bytes)
    else { return nil }
    return try? ONNXTensor(proto, what: path)
  }

  /// What a network makes of all examples, in the order that the graph which was read has.
  private func outputs(
    _ network: Network, _ reader: ONNXReader, _ input: ONNXTensor, _ batch: Int
  ) throws -> [Float] {
    let size = input.values.count / batch
    let rank = input.shape.count - 1
    var outputs: [Float] = []
    for row in 0..<batch {
      var numbers = Array(input.values[row * size..<(row + 1) * size])
      let extents = Array(input.shape.dropFirst())
      if reader.takesChannelsFirst { numbers = Transposition(extents, Array(1..<rank) + [0]).apply(numbers) }
      let examples = Examples(shape: network.data, features: .floats(Floats(numbers)), targets: .classes([0], count: 1))
      let output = try LayerOutput(
        behind: network.layers.count, of: network, example: 0, in: examples, threads: Threads(count: 1))
      let shape = output.shape.extents
      let axes = [shape.count - 1] + (0..<shape.count - 1)
      let isTurned = reader.isChannelsFirst && shape.count > 1
      outputs += isTurned ? Transposition(shape, axes).apply(output.values) : output.values
    }
    return outputs
  }

  /// A message without the names and numbers of its case.
  private func reason(_ message: String) -> String {
    let text = message.replacing(#/case: node \d+( \([^)]*\))?, /#, with: "")
      .replacing("becomes no layer here: ", with: "")
    return text.replacing(#/initializer \S+/#, with: "initializer").replacing(#/input \S+/#, with: "input")
      .replacing(#/-?\d+(\.\d+)?/#, with: "…").replacing(#/\([^)]*\)/#, with: "")
  }
}
