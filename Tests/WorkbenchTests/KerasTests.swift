import Foundation
import Testing

@testable import Workbench

/// Cases that Keras 3.15.1 computed; Goldens/make_goldens.py says how, and makes them anew.
private struct Golden: Decodable, CustomTestStringConvertible {
  let name: String
  let add: [String]
  let compile: String
  let fit: String
  let losses: [Double]
  let validationLosses: [Double]?
  let accuracies: [Double]
  let testLoss: Double
  let testAccuracy: Double
  let predicted: [Int]
  let predictions: [[Double]]

  var testDescription: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens").path

  static let all: [Golden] = {
    let data = FileManager.default.contents(atPath: folder + "/goldens.json") ?? Data()
    return (try? JSONDecoder().decode([Golden].self, from: data)) ?? []
  }()
}

@Suite("Equality with Keras")
struct KerasTests {
  /// Relative, as the losses of float32 sums in another order agree.
  private static let tolerance = 1e-4

  @Test("there is a golden case for every layer, activation, optimizer, loss and schedule that is not random")
  func goldensAreComplete() {
    let words = Set(
      Golden.all.flatMap { golden in
        (golden.add + [golden.compile, golden.fit]).flatMap { line in
          line.split { " =\"".contains($0) }.map(String.init)
        }
      })
    let random: Set = ["gaussian_noise", "spatial_dropout2d", "random_translation", "random_rotation", "random_zoom"]
    // PyTorch's, not Keras's: EngineTests hold it against its own definition.
    let elsewhere: Set = ["one_cycle"]
    let kinds = ["layer", "activation", "optimizer", "loss", "schedule"]
    let missing = Topic.all.filter {
      kinds.contains($0.what) && !words.contains($0.name) && !random.contains($0.name) && !elsewhere.contains($0.name)
    }
    #expect(missing.map(\.name) == [])
  }

  @Test("the same weights, data and choices give the losses and predictions of Keras", arguments: Golden.all)
  private func reachesKeras(_ golden: Golden) throws {
    var session = Desk()
    try session.type("load digits train=120 test=40")
    for layer in golden.add { try session.type("add \(layer)") }
    try session.type("load weights \"\(Golden.folder)/\(golden.name).safetensors\"")
    try session.type("compile \(golden.compile)")
    try session.type(golden.fit)
    let history = session.session.history
    #expect(history.count == golden.losses.count)
    for (epoch, loss) in zip(history, golden.losses) {
      #expect(abs(epoch.training.loss - loss) <= Self.tolerance * abs(loss), "epoch \(epoch.number)")
    }
    for (epoch, loss) in zip(history, golden.validationLosses ?? []) {
      #expect(abs((epoch.validation?.loss ?? .infinity) - loss) <= Self.tolerance * abs(loss), "epoch \(epoch.number)")
    }
    for (epoch, accuracy) in zip(history, golden.accuracies) {
      #expect(abs((epoch.training["accuracy"] ?? -1) - accuracy) < 1e-6, "epoch \(epoch.number)")
    }
    try session.type("evaluate")
    let score = try #require(session.session.evaluation)
    #expect(abs(score.loss - golden.testLoss) <= Self.tolerance * max(1, abs(golden.testLoss)))
    #expect(abs((score["accuracy"] ?? -1) - golden.testAccuracy) < 1e-6)
    for (row, expected) in zip(golden.predicted, golden.predictions) {
      let got = try Predictions(session.session, .test, rows: row..<row + 1, session.host).probabilities(row)
      for (one, other) in zip(got, expected) { #expect(abs(Double(one) - other) <= 1e-4 * max(1, abs(other))) }
    }
  }
}

/// A session at which a test types lines.
private struct Desk {
  private var runner = Runner(
    session: Session(seed: Seed(1, isDrawn: false)), host: Workbench.Host(now: { 0 }, threads: { _ in .init(count: 2) })
  )

  var session: Session {
    get { runner.session }
    set { runner = Runner(session: newValue, host: runner.host) }
  }

  var host: Workbench.Host { runner.host }

  /// Runs a line that must not be refused.
  mutating func type(_ line: String) throws {
    let ran = runner.run(line)
    let outcome = try #require(ran)
    if let diagnostic = outcome.diagnostic { Issue.record("\(line): \(diagnostic.message)") }
    try #require(outcome.diagnostic == nil)
  }
}
