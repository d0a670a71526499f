import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Sessions that train more than once, as programs")
struct ProgramFitsTests {
  private static let plateau = "schedule=\"reduce_on_plateau patience=1 min_delta=10 factor=0.5\""

  /// What is typed behind the network and its weights.
  static let sessions: [(name: String, lines: [String])] = [
    ("plateau_behind_a_schedule", ["compile sgd lr=0.1", "fit 2 SCHEDULE", "fit 3 PLATEAU"]),
    ("plateau_behind_a_schedule_of_nadam", ["compile nadam lr=0.1", "fit 2 SCHEDULE", "fit 3 PLATEAU"]),
    ("plain_behind_a_plateau", ["compile sgd lr=0.1", "fit 4 PLATEAU", "fit 2"]),
    ("plain_behind_a_schedule", ["compile adam lr=0.1", "fit 2 SCHEDULE", "fit 2"]),
    ("plateau_behind_a_plateau", ["compile sgd lr=0.1", "fit 4 PLATEAU", "fit 3 PLATEAU"]),
    ("plateau_of_compile", ["compile sgd lr=0.1 PLATEAU", "fit 3", "fit 3"]),
    ("plateau_of_compile_validated", ["compile sgd lr=0.1 PLATEAU", "fit 1 validation=0.2", "fit 4"]),
    ("plateau_of_compile_validated_later", ["compile sgd lr=0.1 PLATEAU", "fit 3", "fit 3 validation=0.2"]),
    ("plateau_of_compile_between", ["compile sgd lr=0.1 PLATEAU", "fit 2", "fit 2 SCHEDULE", "fit 3"]),
    ("schedule_of_compile_anew", ["compile sgd lr=0.1 SCHEDULE", "fit 2", "compile sgd lr=0.2 SCHEDULE", "fit 2"]),
    ("cooldown", ["compile sgd lr=0.1", "fit 7 schedule=\"reduce_on_plateau patience=1 min_delta=10 cooldown=1\""]),
    ("cooldown_of_two", [
      "compile sgd lr=0.1", "fit 9 schedule=\"reduce_on_plateau patience=2 min_delta=10 factor=0.5 cooldown=2\"",
    ]),
    ("cut", ["compile sgd lr=0.1", "fit 2 batches=3"]),
    ("cut_and_validated", ["compile sgd lr=0.1", "fit 5 batches=13 validation=0.2"]),
    ("cut_and_restored", ["compile sgd lr=0.1", "fit 5 batches=13 restore_best=yes validation=0.2"]),
    ("cut_in_the_first", ["compile sgd lr=0.1", "fit 5 batches=3 restore_best=yes validation=0.2"]),
    ("cut_at_an_end", ["compile sgd lr=0.1", "fit 5 batches=16 patience=2 restore_best=yes validation=test"]),
    ("validation_of_the_last_epoch", [
      "compile sgd lr=0.1", "fit 2 validation=0.2", "evaluate", "expect val_accuracy >= 0.1", "expect loss < 9",
    ]),
    ("other_data", ["compile sgd lr=0.1", "fit 1", "load circles", "fit 2"]),
    ("other_data_before_training", ["compile sgd lr=0.1", "load circles", "fit 2"]),
    ("biases_spread_evenly", biases("he_uniform")), ("biases_spread_normally", biases("glorot_normal")),
    ("another_network", [
      "compile sgd lr=0.1", "fit 2", "remove all", "load blobs", "add dense 3 softmax", "load weights BLOBS",
      "compile adam lr=0.1", "fit 2", "predict test", "predict 0..20 3",
    ]),
  ]

  /// Another network, whose bias is drawn by an initializer before it is read.
  private static func biases(_ initializer: String) -> [String] {
    [
      "remove all", "load blobs", "add dense 3 softmax bias_initializer=\(initializer)", "load weights BLOBS",
      "compile adam lr=0.1", "fit 2", "confusion",
    ]
  }

  @Test(
    "they give the same losses in Keras and in PyTorch", .enabled(if: Peer.keras != nil && Peer.torch != nil),
    arguments: ["keras", "torch"])
  func same(library: String) throws {
    var run = try ProgramsRun(library)
    let network = ["load moons", "add dense 4 tanh", "add dense 2 softmax"]
    let weights = run.folder["w.safetensors"]
    var desk = Desk()
    let blobs = run.folder["b.npz"]
    for line in network + [
      "save weights \"\(weights)\"", "remove all", "load blobs", "add dense 3 softmax", "save weights \"\(blobs)\"",
    ] { try desk.type(line) }
    for (name, lines) in Self.sessions {
      let typed = lines.map { line in
        let whole = line.replacing("PLATEAU", with: Self.plateau).replacing("BLOBS", with: "\"\(blobs)\"")
          .replacing("SCHEDULE", with: "schedule=\"exponential 1 0.5\"")
        guard whole.hasPrefix("fit ") else { return whole }
        let words = whole.split(separator: " ", maxSplits: 2)
        return (["fit", "\(words[1])", "100", "shuffle=no"] + words.dropFirst(2).map(String.init))
          .joined(separator: " ")
      }
      let all = network + ["load weights \"\(weights)\""] + typed + ["evaluate"]
      let refusal = try run.add(name, all)
      #expect(refusal == nil, "\(name)")
    }
    try run.compare()
  }

  @Test(
    "with weights=yes they evaluate as here without training, where nothing was trained at the end, too",
    .enabled(if: Peer.keras != nil && Peer.torch != nil), arguments: ["keras", "torch"])
  func learnt(library: String) throws {
    var run = try ProgramsRun(library, options: "weights=yes")
    let network = ["load moons", "add dense 4 tanh", "add dense 2 softmax", "compile adam lr=0.1"]
    for (name, lines) in [
      ("folds", ["fit 1 folds=2"]), ("reset", ["fit 1", "evaluate", "reset"]), ("nothing", []),
      ("trained", ["fit 1", "evaluate", "fit 2"]), ("anew", ["fit 1", "reset", "fit 1"]),
    ] {
      let refusal = try run.add(name, network + lines + ["evaluate", "confusion", "predict 0..3"])
      #expect(refusal == nil, "\(name)")
    }
    try run.compare()
  }
}
