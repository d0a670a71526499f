import TestSupport
import Testing

@testable import Workbench

@Suite("Training in programs")
struct ProgramFitsTests {
  /// The program of a session that goes on behind `compile sgd lr=0.1`.
  private func program(_ lines: String..., to library: String = "keras", options: String = "") throws -> String {
    let folder = try Folder()
    var bench = Bench(.built)
    for line in lines { bench.run(line) }
    bench.run("save session \(folder["p.py"]) to=\(library) \(options)")
    return try folder.text("p.py")
  }

  private static let plateau = "schedule=\"reduce_on_plateau patience=1\""

  @Test("behind a schedule the rate is a plain number again, which a callback can lower")
  func plateauBehindSchedule() throws {
    let text = try program("compile sgd lr=0.1", "fit 1 64 schedule=\"exponential 1 0.5\"", "fit 1 64 \(Self.plateau)")
    #expect(text.contains("\ndef plain(optimizer, rate):\n"))
    #expect(
      text.contains(
        "\noptimizer = plain(optimizer, 0.1)\nmodel.compile(optimizer=optimizer, loss=loss, metrics=metrics)\n"))
    #expect(text.contains("        keras.callbacks.ReduceLROnPlateau(monitor=\"loss\", patience=1),\n"))
  }

  @Test("behind a plateau the rate goes back to the optimizer's own")
  func plainBehindPlateau() throws {
    let lines = ["compile sgd lr=0.1", "fit 1 64 \(Self.plateau)", "fit 1 64"]
    #expect(try program(lines[0], lines[1], lines[2]).contains("# fit 1 64\noptimizer.learning_rate = 0.1\n"))
    let torch = try program(lines[0], lines[1], lines[2], to: "torch")
    #expect(torch.contains("float(rate(done, total + done)) if rate else optimizer.defaults[\"lr\"]\n"))
    #expect(torch.contains("rate=lambda t, all: reduced(0.1, fit.epochs[fit.first:], \"loss\", factor=0.1, patience=1, "))
  }

  @Test("a plateau of compile counts on from one fit to the next")
  func plateauOfCompile() throws {
    let compile = "compile sgd lr=0.1 \(Self.plateau)"
    let text = try program(compile, "fit 1 64", "fit 1 64 schedule=constant")
    #expect(text.contains("\nplateau = ReduceOnPlateau(0.1, factor=0.1, patience=1, min_delta=0.0001, "))
    #expect(text.contains("    callbacks=[\n        plateau.watching(\"loss\"),\n    ],\n"))
    #expect(text.contains("        keras.callbacks.LambdaCallback(on_epoch_end=plateau.on_epoch_end),\n"))
    #expect(try program(compile, "fit 1 64", to: "torch").contains("rate=lambda t, all: reduced(0.1, fit.epochs, \"loss\", "))
  }

  @Test("an epoch that batches= cuts off is not validated, and its figures are of the rows that it saw")
  func cut() throws {
    let fit = "fit 3 64 batches=5 validation=0.2"
    let text = try program("compile sgd", fit)
    #expect(text.contains("validation_freq=list(range(1, 4 // updates + 1))"))
    #expect(text.contains("updates = -(-count // 64)\n"))
    let torch = try program("compile sgd", fit, to: "torch")
    #expect(torch.contains("if validation is not None and done != batches:\n"))
    #expect(torch.contains("value / seen for name, value in sums.items()"))
  }

  @Test("a figure of the last epoch's validation is there behind an evaluation too")
  func validation() throws {
    let lines = [
      "compile sgd", "fit 1 64 validation=0.2", "evaluate", "expect val_accuracy >= 0", "expect loss < 9.12345",
    ]
    let text = try program(lines[0], lines[1], lines[2], lines[3], lines[4])
    #expect(text.contains("\nassert round(history.history[\"val_accuracy\"][-1], 4) >= 0.0\n"))
    #expect(text.contains("\nassert round(figures[\"loss\"], 5) < 9.12345\n"))
    let torch = try program(lines[0], lines[1], lines[2], lines[3], to: "torch")
    #expect(torch.contains("\nassert round(history[-1][\"val_accuracy\"], 4) >= 0.0\n"))
  }

  @Test("where what was learnt takes the place of training, figures of epochs are only asked for by what trains")
  func learnt() throws {
    let text = try program("compile sgd", "fit 1 64", "expect accuracy >= 0", options: "weights=yes")
    #expect(text.contains("\nif TRAINS:\n    assert round(figures[\"accuracy\"], 4) >= 0.0\n"))
  }

  @Test(
    "where nothing was trained at the end, the weights of the end are there before they are looked at",
    arguments: [("keras", "figures = model.evaluate("), ("torch", "figures = evaluate(")])
  func learntNowhere(library: String, evaluation: String) throws {
    let folds = try program("compile sgd", "fit 1 64 folds=2", "evaluate", to: library, options: "weights=yes")
    #expect(!folds.contains("TRAINS"))
    let parts = folds.components(separatedBy: "numbers = arrays(\"p.weights.npz\")\n")
    #expect(parts.count == 2 && parts[1].contains("\n\(evaluation)"))
    let reset = try program(
      "compile sgd", "fit 1 64", "evaluate", "expect loss < 99", "reset", "evaluate", to: library,
      options: "weights=yes")
    // Weights of a training that is skipped are nowhere.
    #expect(reset.contains("# evaluate\nif TRAINS:\n    \(evaluation)"))
    #expect(reset.contains("\nif TRAINS:\n    assert "))
    let behind = reset.components(separatedBy: "\n# reset\n").last ?? ""
    #expect(behind.contains("numbers = arrays(\"p.weights.npz\")\n") && behind.contains("\n\(evaluation)"))
    #expect(reset.components(separatedBy: "arrays(\"p.weights.npz\")").count == 2)
  }

  @Test("weights of a network that the program does not make are refused, with what makes it")
  func weightsOfNone() throws {
    let folder = try Folder()
    var bench = Bench(.built)
    let refused = try bench.refuse("save session \(folder["p.py"]) weights=yes")
    #expect(refused.message.contains("makes it where it is compiled") && refused.hint == "compile adam")
    #expect(folder.names.isEmpty)
  }

  @Test("until= on a figure that PyTorch's program does not measure is refused")
  func unmeasured() throws {
    let folder = try Folder()
    var bench = Bench(.built)
    bench.run("compile sgd metrics=precision")
    bench.run("fit 1 64 until=\"precision >= 0\"")
    let refused = try bench.refuse("save session \(folder["p.py"]) to=torch")
    #expect(refused.message.contains("it has no metric precision") && folder.names.isEmpty)
  }

  @Test("momentum under a schedule of fit is told in PyTorch's program")
  func momentum() throws {
    let text = try program("compile sgd momentum=0.9", "fit 1 64 schedule=\"exponential 1 0.5\"", to: "torch")
    #expect(text.contains("\n# PyTorch's momentum takes on a new rate at once"))
  }
}
