import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

/// Networks of the goldens, as they are typed.
struct GoldenLines: Decodable {
  let name: String
  let add: [String]
  let compile: String
  let fit: String

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "WorkbenchTests/Goldens").path

  static let all: [GoldenLines] = {
    let data = FileManager.default.contents(atPath: folder + "/goldens.json") ?? Data()
    return (try? JSONDecoder().decode([GoldenLines].self, from: data)) ?? []
  }()

  /// The session's lines: data, network, weights, training, evaluation.
  func lines(for library: String) -> [String] {
    ["load digits train=120 test=40"] + add.map { "add \($0)" } + [
      "load weights \"\(GoldenLines.folder)/\(name).safetensors\"",
      library == "torch" ? comparable : "compile \(compile)", fit, "evaluate",
    ]
  }

  /// With an optimizer that PyTorch computes in the same way; that it does not is said in its program.
  private var comparable: String {
    let line = "compile \(compile)"
    guard let command = try? Statement(line)?.command as? Compile,
      ["rmsprop", "adagrad"].contains(command.optimizer.name) || name.hasSuffix("_all") || name.hasPrefix("schedule")
    else { return line }
    let sgd = SGD(learningRate: 0.02, momentum: name.hasPrefix("schedule") ? 0 : 0.9)
    let other = Compile(
      loss: command.loss, metrics: command.metrics, schedule: command.schedule, limits: command.limits, optimizer: sgd)
    return Compile.form.line(other) ?? line
  }
}

/// What a program measured.
struct Measured: Decodable {
  let epochs: [[String: Double]]?
  let figures: [String: Double]?
  let error: String?
}

@Suite("Programs run by the libraries that they are for")
struct ProgramsTests {
  private static let tolerance = 1e-4
  /// Means of Keras's on PyTorch count the zeros at the edges, on its other backends they do not (Keras 3.15.1).
  private static let means: Set = ["layer_avgpool1d", "layer_avgpool2d_same"]

  @Test("the golden networks' programs give the same losses in Keras", .enabled(if: Peer.keras != nil))
  func keras() throws {
    let peer = try #require(Peer.keras)
    try compare(with: peer, to: "keras", environment: ["KERAS_BACKEND": "torch"])
  }

  @Test("the golden networks' programs give the same losses in PyTorch", .enabled(if: Peer.torch != nil))
  func torch() throws {
    try compare(with: try #require(Peer.torch), to: "torch")
  }

  private func compare(with peer: Peer, to library: String, environment: [String: String] = [:]) throws {
    let folder = try Folder()
    var sessions: [String: Session] = [:]
    for golden in GoldenLines.all {
      var desk = Desk()
      for line in golden.lines(for: library) { try desk.type(line) }
      let refusal = desk.refusal("save session \"\(folder.path)/\(golden.name).py\" to=\(library)")
      if let refusal {
        #expect(refusal.contains("PyTorch"), "\(golden.name): \(refusal)")
      } else {
        sessions[golden.name] = desk.session
      }
    }
    #expect(sessions.count > 80)
    let output = try peer.run("run_programs.py", [folder.path], environment: environment)
    let measured = try JSONDecoder().decode([String: Measured].self, from: output)
    for (name, session) in sessions where !(library == "keras" && ProgramsTests.means.contains(name)) {
      let peers = try #require(measured[name])
      if let error = peers.error { Issue.record("\(name): \(error)") }
      for (epoch, figures) in zip(session.history, peers.epochs ?? []) {
        check(epoch.training.loss, figures["loss"], "\(name), epoch \(epoch.number)")
        if let validation = epoch.validation { check(validation.loss, figures["val_loss"], "\(name), validation") }
      }
      // Moving variances of PyTorch's are of the sample, ours and Keras's of the batch.
      let isOther = library == "torch" && session.network?.layers.contains { $0.name == "batchnorm" } == true
      if let evaluation = session.evaluation, !isOther {
        check(evaluation.loss, peers.figures?["loss"], "\(name), evaluation")
      }
    }
  }

  private func check(_ own: Double, _ other: Double?, _ what: String) {
    let other = other ?? .nan
    #expect(abs(own - other) <= Self.tolerance * max(1, abs(own)), "\(what): \(own) here, \(other) there")
  }
}

/// A session at which a test types lines.
struct Desk {
  private var runner = Runner.fresh

  var session: Session { runner.session }

  /// Runs a line that must not be refused.
  mutating func type(_ line: String) throws {
    if let refusal = refusal(line) { Issue.record("\(line): \(refusal)") }
  }

  /// Runs a line; why it was refused.
  mutating func refusal(_ line: String) -> String? { runner.run(line)?.diagnostic?.message }
}
