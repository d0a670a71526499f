import Engine
import Foundation
import Interchange
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

/// Programs of sessions, run by the library that they are for.
struct ProgramsRun {
  private static let tolerance = 1e-4
  /// Means of Keras's on PyTorch count an edge again that they reach over unevenly, on its other backends they do not.
  private static let means: Set = ["layer_avgpool1d", "layer_avgpool2d_same"]

  let folder: Folder
  let library: String
  private let options: String
  private var sessions: [String: Session] = [:]

  /// - Parameter options: what is typed behind the program's name.
  init(_ library: String, options: String = "") throws {
    (folder, self.library, self.options) = (try Folder(), library, options)
  }

  /// Types a session and writes its program; the refusal where there is none.
  mutating func add(_ name: String, _ lines: [String]) throws -> String? {
    var desk = Desk()
    for line in lines { try desk.type(line) }
    let refusal = desk.refusal("save session \"\(folder.path)/\(name).py\" to=\(library) \(options)")
    if refusal == nil { sessions[name] = desk.session }
    return refusal
  }

  var count: Int { sessions.count }

  /// Holds the figures of the last training and of the last evaluation against ours.
  func compare() throws {
    let peer = try #require(library == "keras" ? Peer.keras : Peer.torch)
    let output = try peer.run("run_programs.py", [folder.path], environment: ["KERAS_BACKEND": "torch"])
    let measured = try JSONDecoder().decode([String: Measured].self, from: output)
    for (name, session) in sessions where !(library == "keras" && ProgramsRun.means.contains(name)) {
      let peers = try #require(measured[name])
      if let error = peers.error { Issue.record("\(name): \(error)") }
      let others = peers.epochs ?? []
      #expect(others.isEmpty == options.contains("weights=yes") && others.count <= session.history.count, "\(name)")
      for (epoch, figures) in zip(session.history.suffix(others.count), others) {
        let what = "\(name), epoch \(epoch.number)"
        check(epoch.training.loss, figures["loss"], what)
        #expect((epoch.validation == nil) == (figures["val_loss"] == nil), "\(what), validation")
        if let validation = epoch.validation { check(validation.loss, figures["val_loss"], "\(what), validation") }
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

@Suite("Programs run by the libraries that they are for")
struct ProgramsTests {
  @Test("the golden networks' programs give the same losses in Keras", .enabled(if: Peer.keras != nil))
  func keras() throws { try compare("keras") }

  @Test("the golden networks' programs give the same losses in PyTorch", .enabled(if: Peer.torch != nil))
  func torch() throws { try compare("torch") }

  @Test("no program is called as a module that programs import", .enabled(if: Peer.keras != nil && Peer.torch != nil))
  func names() throws {
    let peer = try #require(Peer.keras)
    let output = try peer.run("list_modules.py", [], environment: ["KERAS_BACKEND": "torch"])
    let imported = try JSONDecoder().decode(Set<String>.self, from: output)
    #expect(imported.contains("numpy"))
    #expect(imported.subtracting(PythonModules.names).isEmpty)
  }

  private func compare(_ library: String) throws {
    var run = try ProgramsRun(library)
    for golden in GoldenLines.all {
      let refusal = try run.add(golden.name, golden.lines(for: library))
      if let refusal { #expect(refusal.contains("PyTorch"), "\(golden.name): \(refusal)") }
    }
    #expect(run.count > 80)
    try run.compare()
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
