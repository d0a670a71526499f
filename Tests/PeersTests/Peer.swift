import Foundation
import Testing

@testable import Workbench

/// A Python with the libraries that tests hold our files against; tests are skipped where its variable names none.
struct Peer {
  /// The interpreter.
  let python: String

  /// With Keras, on the backend that KERAS_BACKEND names.
  static let keras = Peer(variable: "SUMI_KERAS_PYTHON")
  /// With PyTorch, ONNX, onnxruntime and safetensors.
  static let torch = Peer(variable: "SUMI_TORCH_PYTHON")

  private init?(variable: String) {
    guard let python = ProcessInfo.processInfo.environment[variable], !python.isEmpty else { return nil }
    self.python = python
  }

  /// Runs a script of Tests/Peers; what it wrote to standard output.
  func run(_ script: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Data {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: python)
    process.arguments = [folder.appending(path: "Peers/\(script)").path] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script) ends well")
    return data
  }
}

extension Runner {
  /// An empty session with a seed that is not drawn, on two threads and without a clock.
  static var fresh: Runner {
    Runner(
      session: Session(seed: Seed(1, isDrawn: false)),
      host: Workbench.Host(now: { 0 }, threads: { _ in .init(count: 2) }))
  }
}
