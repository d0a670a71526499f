import Testing

@testable import Engine
@testable import Workbench

@Suite struct FitTests {
  /// What a person is told behind the epochs.
  private static func notes(_ line: String, _ bench: inout Bench) throws -> String {
    let ran = bench.outcome(line)
    let outcome = try #require(ran)
    #expect(outcome.diagnostic == nil, "\(outcome.diagnostic?.message ?? "")")
    return (outcome.answer?.notes ?? []).map(\.text).joined(separator: "\n")
  }

  @Test("fit says which examples only validated", arguments: [
    ("fit 1 64 validation=0.1", "trained with 270 examples; the last 30, from 270 on, only validated"),
    ("fit 1 64 validation=test", "validated with the test examples"),
    ("fit 1 64 validation=0.1 stratified=yes", "% of each class, 33 in all, only validated"),
  ])
  func rows(line: String, says: String) throws {
    var bench = Bench(.compiled)
    let notes = try Self.notes(line, &bench)
    #expect(notes.contains(says), "\(notes)")
    #expect(bench.session.history.last?.validation != nil)
  }

  @Test("fit says why it ended before its time", arguments: [
    ("compile sgd lr=1e-30", "fit 9 300 shuffle=no patience=2", "did not get better for 2 epochs", 3),
    ("compile sgd", "fit 9 64 until=\"loss<100\"", "stopped, as loss < 100", 1),
    ("compile sgd lr=1e30 loss=mse", "fit 9 64", "not finite at batch", 0),
  ])
  func ends(compile: String, line: String, says: String, epochs: Int) throws {
    var bench = Bench(.loaded)
    for typed in ["add dense 16", "add dense 10 \(compile.contains("mse") ? "linear" : "softmax")", compile] {
      bench.run(typed)
    }
    let notes = try Self.notes(line, &bench)
    #expect(notes.contains(says), "\(notes)")
    #expect(bench.session.history.count == epochs)
    #expect(bench.session.network?.values.allSatisfy { $0.isFinite } == true)
  }

  @Test("restore_best says which epoch the weights are of, and the loss is that epoch's again")
  func restored() throws {
    var bench = Bench(.built)
    bench.run("compile sgd lr=50")
    let notes = try Self.notes("fit 12 32 validation=test restore_best=yes", &bench)
    let best = try #require(bench.session.history.min { $0.monitored < $1.monitored })
    try #require(best.number < 12, "the last epoch is not the best")
    #expect(notes.contains("the weights are those of epoch \(best.number), the best of this fit"), "\(notes)")
    bench.run("evaluate")
    #expect(bench.session.evaluation?.loss == best.validation?.loss)
  }

  @Test("several fits make one history, with the best epoch of all told")
  func history() throws {
    var bench = Bench(.compiled)
    bench.run("fit 2 64")
    bench.run("compile sgd lr=1e-30")
    let ran = bench.outcome("fit 2 64 shuffle=no")
    let outcome = try #require(ran)
    #expect(bench.session.history.map(\.number) == [1, 2, 3, 4])
    #expect(outcome.text.contains("2 epochs in"))
    #expect(outcome.result.contains("\"epoch\":4"))
    let best = bench.session.history.min { $0.monitored < $1.monitored }?.number
    #expect(best == 4 || outcome.text.contains("best epoch \(best ?? 0), loss"))
    let shown = bench.outcome("show curves")
    let curves = try #require(shown)
    #expect(curves.result.contains("\"best\":\(best ?? 0)"))
  }

  @Test("an interrupted fit says how to go on, and the epochs go on counting")
  func interrupted() throws {
    var bench = Bench(.compiled)
    bench.stopsAfter = 7
    let notes = try Self.notes("fit 4 64 validation=test", &bench)
    #expect(notes.contains("what was learnt is kept; to go on: fit 3 64 validation=test"), "\(notes)")
    bench.stopsAfter = nil
    bench.run("fit 3 64")
    #expect(bench.session.history.map(\.number) == [1, 2, 3, 4, 5])
  }

  @Test("reduce_on_plateau of compile goes by losses of the fit's own kind, whatever was validated before it")
  func plateauKinds() {
    var bench = Bench(.built)
    bench.run("compile sgd lr=0.1 schedule=\"reduce_on_plateau patience=1 min_delta=10 factor=0.5\"")
    for line in ["fit 1 validation=0.2", "fit 3", "fit 2 validation=0.2"] { bench.run(line) }
    #expect(bench.session.history.map(\.learningRate) == [0.1, 0.1, 0.1, 0.05, 0.1, 0.05])
  }

  @Test("reduce_on_plateau of compile goes on over several fits, and begins anew with the next compile")
  func plateau() throws {
    var bench = Bench(.built)
    bench.run("compile sgd lr=1e-30 schedule=\"reduce_on_plateau patience=2 factor=0.5\"")
    for _ in 0..<4 { bench.run("fit 1 64 shuffle=no") }
    #expect(bench.session.history.map(\.learningRate) == [1e-30, 1e-30, 1e-30, 0.5e-30])
    bench.run("compile sgd lr=1e-30 schedule=\"reduce_on_plateau patience=2 factor=0.5\"")
    bench.run("fit 1 64 shuffle=no")
    #expect(bench.session.history.last?.learningRate == 1e-30)
  }
}
