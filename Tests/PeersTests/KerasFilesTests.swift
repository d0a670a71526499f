import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

/// What Keras made of a model that was begun here.
private struct Result: Decodable {
  let outputs: [[Double]]?
  let losses: [Double]?
  let outputsBack: [[Double]]?
  let lossesBack: [Double]?
  let error: String?
}

@Suite("Models that go on in Keras and come back")
struct KerasFilesTests {
  /// Means of Keras's on PyTorch count an edge again that they reach over unevenly, on its other backends they do not.
  private static let means: Set = ["layer_avgpool1d", "layer_avgpool2d_same"]

  @Test(
    "the golden networks predict and learn in Keras as here, and what Keras saves goes on here",
    .enabled(if: Peer.keras != nil))
  func golden() throws {
    let (folder, peer) = (try Folder(), try #require(Peer.keras))
    var desks: [String: Desk] = [:]
    for golden in GoldenLines.all where !Self.means.contains(golden.name) {
      var desk = try trained(golden)
      try desk.type("save data \"\(folder[golden.name]).npz\"")
      try desk.type("save model \"\(folder[golden.name]).keras\"")
      desks[golden.name] = desk
    }
    #expect(desks.count > 80)
    let output = try peer.run("run_keras_files.py", [folder.path], environment: ["KERAS_BACKEND": "torch"])
    let results = try JSONDecoder().decode([String: Result].self, from: output)
    for (name, desk) in desks.sorted(by: { $0.key < $1.key }) {
      let result = try #require(results[name], "\(name)")
      if let error = result.error {
        Issue.record("\(name): \(error)")
        continue
      }
      try compare(desk, result.outputs, result.losses, "\(name), begun here")
      for ending in ["keras", "h5"] {
        var back = desk
        try back.type("remove all")
        try back.type("load model \"\(folder[name]).back.\(ending)\"")
        // Keras 3.15.1 does not save the delta of its Huber loss.
        let losses = name == "loss_huber" ? nil : result.lossesBack
        try compare(back, result.outputsBack, losses, "\(name).back.\(ending)")
      }
      var weights = desk
      try weights.type("load weights \"\(folder[name]).back.weights.h5\"")
      try compare(weights, result.outputsBack, nil, "\(name).back.weights.h5")
    }
  }

  @Test(
    "every example of a layer makes a model that Keras loads, and predicts with as here",
    .enabled(if: Peer.keras != nil))
  func layers() throws {
    let (folder, peer) = (try Folder(), try #require(Peer.keras))
    var desks: [String: Desk] = [:]
    for form in Layers.catalogue.forms {
      for (number, example) in form.examples.enumerated() {
        let name = "\(form.name)_\(number)"
        var desk = Desk()
        try desk.type("load digits train=40 test=10")
        if form.name == "reshape" { try desk.type("add flatten") }
        try desk.type(example)
        if try desk.session.built().output.rank > 1 { try desk.type("add flatten") }
        for line in ["add dense 10 softmax", "compile sgd"] { try desk.type(line) }
        try desk.type("save data \"\(folder[name]).npz\"")
        try desk.type("save model \"\(folder[name]).keras\"")
        desks[name] = desk
      }
    }
    let output = try peer.run("run_keras_files.py", [folder.path], environment: ["KERAS_BACKEND": "torch"])
    let results = try JSONDecoder().decode([String: Result].self, from: output)
    for (name, desk) in desks.sorted(by: { $0.key < $1.key }) {
      if let error = results[name]?.error { Issue.record("\(name): \(error)") }
      // Means at edges are others on PyTorch.
      if !name.hasPrefix("avgpool") { try compare(desk, results[name]?.outputs, nil, name) }
    }
  }

  /// A golden network after its training; without a callback of `fit`, which no file of a model holds.
  private func trained(_ golden: GoldenLines) throws -> Desk {
    var desk = Desk()
    for line in golden.lines(for: "keras") where line != "evaluate" {
      try desk.type(line.replacing(" schedule=reduce_on_plateau", with: ""))
    }
    return desk
  }

  /// Holds predictions within 1e-5 and the losses of two epochs within 1e-4 against Keras's.
  private func compare(_ desk: Desk, _ outputs: [[Double]]?, _ losses: [Double]?, _ name: String) throws {
    let (dataset, network, trainer) = (
      try desk.session.loaded(), try desk.session.built(), try desk.session.compiled()
    )
    let evaluation = try Evaluation(network, trainer, dataset.test, threads: Threads(count: 2))
    let (own, others) = (try evaluation.predict(network)?.outputs ?? [], (outputs ?? []).flatMap { $0 })
    #expect(own.count == others.count && !own.isEmpty, "\(name)")
    let worst = zip(own, others).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? .infinity
    #expect(worst <= 1e-5, "\(name): outputs differ by \(worst)")
    guard let losses else { return }
    var going = desk
    let before = going.session.history.count
    try going.type("fit 2 32 shuffle=no")
    let mine = going.session.history.dropFirst(before).map(\.training.loss)
    #expect(mine.count == 2 && losses.count == 2, "\(name)")
    for (own, other) in zip(mine, losses) {
      #expect(abs(own - other) <= 1e-4 * max(1, abs(own)), "\(name): loss \(own) here, \(other) there")
    }
  }
}
