import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

/// What a model gave for the test examples elsewhere.
private struct Outputs: Decodable {
  let outputs: [[Double]]?
  let error: String?
}

@Suite("Models that predict elsewhere")
struct OutputsTests {
  @Test("the golden networks give onnxruntime the probabilities of predict", .enabled(if: Peer.torch != nil))
  func onnx() throws {
    let (folder, peer) = (try Folder(), try #require(Peer.torch))
    var sessions: [String: Session] = [:]
    for golden in GoldenLines.all where !sessions.keys.contains(golden.name) {
      var desk = try desk(golden)
      try desk.type("save data \"\(folder[golden.name]).npz\"")
      try desk.type("save model \"\(folder[golden.name]).onnx\"")
      sessions[golden.name] = desk.session
    }
    let name = "network_convnet"
    var desk = try desk(try #require(GoldenLines.all.first { $0.name == name }))
    try desk.type("save data \"\(folder[name])_bytes.npz\"")
    try desk.type("save model \"\(folder[name])_bytes.onnx\" pixels=yes")
    sessions["\(name)_bytes"] = desk.session
    try compare(sessions, try peer.run("run_onnx.py", [folder.path]), tolerance: 1e-5)
  }

  @Test("load_state_dict takes safetensors in PyTorch's layout, at every precision", .enabled(if: Peer.torch != nil))
  func stateDict() throws {
    let peer = try #require(Peer.torch)
    for (precision, tolerance) in [("f32", 1e-5), ("f16", 2e-3), ("bf16", 3e-2)] {
      let folder = try Folder()
      var sessions: [String: Session] = [:]
      for golden in GoldenLines.all where golden.name.hasPrefix("layer_") || golden.name.hasPrefix("network_") {
        var desk = try desk(golden)
        guard !golden.needsTurning else { continue }
        try desk.type("save data \"\(folder[golden.name]).npz\"")
        if let refusal = desk.refusal("save model \"\(folder[golden.name]).py\" to=torch weights=no") {
          #expect(refusal.contains("PyTorch"))
          continue
        }
        try desk.type("save weights \"\(folder[golden.name]).safetensors\" layout=torch type=\(precision)")
        try desk.type("load weights \"\(folder[golden.name]).safetensors\" layout=torch")
        sessions[golden.name] = desk.session
      }
      #expect(sessions.count > 20)
      try compare(sessions, try peer.run("load_state_dict.py", [folder.path]), tolerance: tolerance)
    }
  }

  /// A golden network after its training.
  private func desk(_ golden: GoldenLines) throws -> Desk {
    var desk = Desk()
    for line in golden.lines(for: "keras") { try desk.type(line) }
    return desk
  }

  private func compare(_ sessions: [String: Session], _ output: Data, tolerance: Double) throws {
    let results = try JSONDecoder().decode([String: Outputs].self, from: output)
    for (name, session) in sessions {
      let result = try #require(results[name], "\(name)")
      if let error = result.error { Issue.record("\(name): \(error)") }
      let (dataset, network, trainer) = (try session.loaded(), try session.built(), try session.compiled())
      let evaluation = try Evaluation(network, trainer, dataset.test, threads: Threads(count: 2))
      let own = try evaluation.predict(network)?.outputs ?? []
      let others = (result.outputs ?? []).flatMap { $0 }
      #expect(own.count == others.count, "\(name)")
      let worst = zip(own, others).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? .infinity
      #expect(worst <= tolerance, "\(name): \(worst)")
    }
  }
}

extension GoldenLines {
  /// Whether its examples have an axis of channels already, which PyTorch wants in front.
  fileprivate var needsTurning: Bool { add.first?.contains("1d") == true }
}
