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
  var lines: [String] {
    ["load digits train=120 test=40"] + add.map { "add \($0)" }
      + ["load weights \"\(GoldenLines.folder)/\(name).safetensors\"", "compile \(compile)", fit, "evaluate"]
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

  @Test("the golden networks' programs give the same losses in Keras", .enabled(if: Peer.keras != nil))
  func keras() throws {
    let peer = try #require(Peer.keras)
    try compare(with: peer, to: "keras", environment: ["KERAS_BACKEND": "torch", "TF_CPP_MIN_LOG_LEVEL": "3"])
  }

  @Test("the golden networks' programs give the same losses in PyTorch", .enabled(if: Peer.torch != nil))
  func torch() throws {
    try compare(with: try #require(Peer.torch), to: "torch", environment: [:])
  }

  private func compare(with peer: Peer, to library: String, environment: [String: String]) throws {
    let folder = try Folder()
    var sessions: [String: Session] = [:]
    for golden in GoldenLines.all {
      var desk = Desk()
      for line in golden.lines { try desk.type(line) }
      let refusal = desk.refusal("save session \"\(folder.path)/\(golden.name).py\" to=\(library)")
      if let refusal {
        #expect(refusal.contains("PyTorch"), "\(golden.name): \(refusal)")
      } else {
        sessions[golden.name] = desk.session
      }
    }
    #expect(sessions.count > 60)
    let output = try peer.run("run_programs.py", [folder.path], environment: environment)
    let measured = try JSONDecoder().decode([String: Measured].self, from: output)
    for (name, session) in sessions {
      let peers = try #require(measured[name])
      if let error = peers.error { Issue.record("\(name): \(error)") }
      for (epoch, figures) in zip(session.history, peers.epochs ?? []) {
        check(epoch.training.loss, figures["loss"], "\(name), epoch \(epoch.number)")
        if let validation = epoch.validation { check(validation.loss, figures["val_loss"], "\(name), validation") }
      }
      if let evaluation = session.evaluation { check(evaluation.loss, peers.figures?["loss"], "\(name), evaluation") }
    }
  }

  private func check(_ own: Double, _ other: Double?, _ what: String) {
    let other = other ?? .nan
    #expect(abs(own - other) <= Self.tolerance * max(1, abs(own)), "\(what): \(own) here, \(other) there")
  }
}

/// A session at which a test types lines.
struct Desk {
  private var runner = Runner(
    session: Session(seed: Seed(1, isDrawn: false)), host: Workbench.Host(now: { 0 }, threads: { _ in .init(count: 2) })
  )

  var session: Session { runner.session }

  /// Runs a line that must not be refused.
  mutating func type(_ line: String) throws {
    if let refusal = refusal(line) { Issue.record("\(line): \(refusal)") }
  }

  /// Runs a line; why it was refused.
  mutating func refusal(_ line: String) -> String? { runner.run(line)?.diagnostic?.message }
}
