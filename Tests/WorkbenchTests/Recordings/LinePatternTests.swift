import Pictures
import Testing

@testable import Workbench

@Suite struct LinePatternTests {
  private func matches(_ line: Line, _ recorded: String, _ head: String = "") -> Bool {
    Tolerance(head: [head]).map { LinePattern(line).matches(recorded, within: $0) } ?? false
  }

  @Test func `words and printed digits have to be the same`() {
    #expect(
      matches(
        "test: loss 0.0636, accuracy 0.9798, 10,000 examples", "test: loss 0.0636, accuracy 0.9798, 10,000 examples"))
    #expect(!matches("test: loss 0.0636", "test: loss 0.0637") && !matches("test: loss 0.0636", "train: loss 0.0636"))
    #expect(!matches("a 1", "a 1 2") && !matches("a 1 2", "a 1") && !matches("a 12", "a 1") && matches("", "  "))
  }

  @Test func `what may differ matches anything`() {
    let line: Line = "10 epochs in \(volatile: "2.31 s"): loss 0.0636"
    #expect(matches(line, "10 epochs in 1 min 12 s: loss 0.0636"))
    #expect(!matches(line, "10 epochs in 2.31 s: loss 0.0637") && !matches(line, "9 epochs in 2.31 s: loss 0.0636"))
    #expect(matches("written to \(volatile: "/a/b")", "written to C:\\x: loss") && matches("\(volatile: "x")", ""))
    #expect(matches("\(volatile: "a")\(volatile: "b") 1 \(volatile: "c") 1", "1 1 1 1"))
  }

  @Test(arguments: [
    ("# tolerance: 0.01", "loss 0.0636", "loss 0.0736", true),
    ("# tolerance: 0.01", "loss 0.0636", "loss 0.0737", false),
    ("# tolerance: 1 %", "60,000 examples", "60,600 examples", true), ("# tolerance: 1%", "60,000", "60,610", false),
    ("# tolerance: across machines", "best epoch 8, 97.9 %", "best epoch 9, 97.1 %", true),
    ("# tolerance: across machines", "3 layers", "7 layers", false),
    ("# tolerance: across machines", "loss -0.5", "loss 0.5", false), ("# tolerance: printed digits", "1", "1", true),
    ("# tolerance: 5", "a 1", "b 1", false), ("# tolerance: much", "1", "1", false),
    ("# tolerance: -1", "1", "1", false),
  ]) func `numbers may differ by the tolerance that the head states`(
    head: String, received: String, recorded: String, isSame: Bool
  ) {
    #expect(matches(Line(received), recorded, head) == isSame)
  }

  @Test func `columns are as wide as their numbers`() {
    #expect(matches("epoch   seconds", "epoch  seconds") && matches("a   ", "a") && !matches("a b", "ab"))
  }

  @Test func `a line that is all volatile is not tried for ever`() {
    let line = (0..<40).reduce(Line()) { line, _ in line + "\(volatile: "x")a" }
    #expect(!matches(line, String(repeating: "a", count: 400) + "b"))
  }
}
