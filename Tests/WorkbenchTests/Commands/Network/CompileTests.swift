import Engine
import Grammar
import Testing

@testable import Workbench

@Suite struct CompileTests {
  @Test("limits are told as they were typed, to people and in JSON")
  func limits() throws {
    var bench = Bench(.built)
    let compiled = bench.outcome("compile sgd lr=0.1 clipnorm=1.5 weight_decay=0.01")
    let outcome = try #require(compiled)
    #expect(outcome.text.contains("sgd learning_rate=0.1 clipnorm=1.5 weight_decay=0.01, categorical_crossentropy"))
    #expect(outcome.result.contains("\"clipnorm\":1.5,\"weight_decay\":0.01"))
    #expect(bench.session.trainer?.limits == GradientLimits(clipNorm: 1.5, weightDecay: 0.01))
  }

  @Test("without limits nothing is said of them")
  func noLimits() throws {
    var bench = Bench(.built)
    let compiled = bench.outcome("compile adam")
    let outcome = try #require(compiled)
    #expect(!outcome.result.contains("clip") && !outcome.result.contains("decay"))
    #expect(bench.session.trainer?.limits == GradientLimits())
  }

  @Test("a line reads back as it is written", arguments: [
    "compile adamw learning_rate=0.01 weight_decay=0.1", "compile sgd clipvalue=0.5", "compile adam global_clipnorm=1",
    "compile adam loss=\"huber delta=0.5\"", "compile adam metrics=accuracy,\"top_k_accuracy k=3\",f1",
    "compile adam metrics=accuracy,top_k_accuracy",
  ])
  func written(line: String) throws {
    let compile = try #require(try Statement(line)?.command as? Compile)
    let again = try #require(Compile.form.line(compile))
    let second = try #require(try Statement(again)?.command as? Compile)
    #expect(Compile.form.line(second) == again)
    #expect(second.limits == compile.limits)
    #expect(
      second.metrics?.map { Metrics.catalogue.line($0) } == compile.metrics?.map { Metrics.catalogue.line($0) })
    #expect(second.loss.map { Losses.catalogue.line($0) } == compile.loss.map { Losses.catalogue.line($0) })
    #expect(Optimizers.catalogue.line(second.optimizer) == Optimizers.catalogue.line(compile.optimizer))
  }

  @Test("a metric with words of its own is shown under its name")
  func metrics() {
    var bench = Bench(.built)
    bench.run("compile adam metrics=\"accuracy,top_k_accuracy k=3\"")
    bench.run("fit 1 64")
    bench.run("expect top_k_accuracy >= 0")
    #expect(bench.session.history.last?.figures.map(\.name) == ["loss", "accuracy", "top_k_accuracy"])
  }

  @Test("what cannot be is refused, and the session stays as it was", arguments: [
    ("compile adam clipnorm=1 clipvalue=1", "clipnorm and clipvalue cannot both be given"),
    ("compile adam clipnorm=0", "expected a number above 0"), ("compile adam weight_decay=-1", "0 or more"),
    ("compile adam metrics=\"top_k_accuracy k=3,top_k_accuracy k=4\"", "top_k_accuracy is given twice"),
    ("compile adam metrics=\"top_k_accuracy k=11\"", "wants more than the 10 outputs"),
    ("compile adam metrics=\"top_k_accuracy k=0\"", "a whole number, 1 or more"),
    ("compile adam loss=hinge", "both sides of 0"), ("compile adam loss=\"huber delta=0\"", "a number above 0"),
  ])
  func refused(line: String, says: String) throws {
    var bench = Bench(.built)
    let diagnostic = try bench.refuse(line)
    let text = diagnostic.lines.map(\.text).joined(separator: "\n")
    #expect(text.contains(says), "\(text)")
    #expect(bench.session.trainer == nil)
  }

  /// The examples of everything that `compile` chooses among.
  static let examples = (Losses.catalogue.forms.flatMap(\.examples) + Optimizers.catalogue.forms.flatMap(\.examples)
    + Metrics.catalogue.forms.flatMap(\.examples))

  @Test("every example of a loss, an optimizer and a metric runs, and then trains", arguments: examples)
  func example(line: String) {
    var bench = Bench(.built)
    if line.contains("loss=hinge") { bench.run("add dense 10") }
    bench.run(line)
    bench.run("fit 1 64")
    #expect(bench.session.history.last?.training.loss.isFinite == true)
  }

  @Test(
    "every example of an activation and an initializer runs",
    arguments: Activations.catalogue.forms.flatMap(\.examples) + Initializers.catalogue.forms.flatMap(\.examples))
  func layer(line: String) {
    var bench = Bench(.loaded)
    bench.run(line)
    #expect(bench.session.network?.layers.count == 1)
  }
}
