import Testing

@testable import Workbench

@Suite("The session in a few words")
struct PromptStatusTests {
  @Test("it tells data set, shapes, epoch and accuracy, as far as there are some")
  func texts() {
    #expect(PromptStatus(Bench().session).text(within: 80) == "")
    #expect(PromptStatus(Bench(.loaded).session).text(within: 80) == "digits")
    #expect(PromptStatus(Bench(.built).session).text(within: 80) == "digits · 784→16→10")
    let trained = PromptStatus(Bench(.trained).session).text(within: 80)
    #expect(trained.contains(#/^digits · 784→16→10 · epoch 2 · train \d+\.\d %$/#), "\(trained)")
  }

  @Test("it shrinks with the room", arguments: 0...60)
  func shrinks(columns: Int) {
    let text = PromptStatus(Bench(.trained).session).text(within: columns)
    #expect(text.columns <= columns)
    if columns >= 16 { #expect(text.contains("epoch 2")) }
    // Once there is room for a score it stays, with the examples it was measured on where they fit too.
    if columns >= 12 { #expect(text.contains("%")) }
    if columns >= 22 { #expect(text.contains("train ")) }
    if columns >= 36 { #expect(text.contains("784→…→10") || text.contains("784→16→10")) }
  }

  @Test("the last evaluation counts more than the last epoch, and a layer that keeps the shape is not told")
  func evaluated() {
    var bench = Bench(.loaded)
    for line in ["add dense 10 relu", "add dropout 0.5", "add dense 10 softmax"] { bench.run(line) }
    for line in ["compile sgd metrics=mse", "fit 1", "evaluate"] { bench.run(line) }
    #expect(PromptStatus(bench.session).text(within: 80).contains(#/^digits · 784→10 · epoch 1 · test mse 0\.\d{4}$/#))
    bench.run("evaluate train")
    #expect(PromptStatus(bench.session).text(within: 80).contains("· train mse 0."))
  }
}
