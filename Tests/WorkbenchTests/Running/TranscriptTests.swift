import Testing

@testable import Workbench

@Suite("Pasted text")
struct TranscriptTests {
  @Test("a transcript's prompts and outputs are dropped")
  func transcript() {
    let text = """
      1> load digits
      digits: 60,000 training and 10,000 test examples
      next: add dense 512 relu
      digits · 28×28 2> add dense \\
        512 relu
      1  dense 512 relu  784 → 512  401,920 parameters
      digits · 784→512 · epoch 3 · 97.9 % 12> confusion > out.csv
      written to out.csv

      """
    let pasted = Transcript(text)
    #expect(pasted.commands == ["load digits", "add dense \\\n  512 relu", "confusion > out.csv"])
    #expect(pasted.rest == "")
  }

  @Test("a script's own echo is a transcript too")
  func echo() {
    #expect(Transcript("> seed 1\n> data\n60,000 examples\n").commands == ["seed 1", "data"])
  }

  @Test("commands alone stay as they are, and the last one without a line break is to be edited")
  func commands() {
    let pasted = Transcript("load digits\r\n\r\n# words\nadd dense 10")
    #expect(pasted.commands == ["load digits", "# words"])
    #expect(pasted.rest == "add dense 10")
    #expect(Transcript("fit 3").rest == "fit 3")
    #expect(Transcript("5> fit 3").rest == "fit 3")
    #expect(Transcript("").commands.isEmpty)
  }

  @Test("a > that is no prompt makes no transcript of a script", arguments: [
    "expect \"loss > 3\"\ndata > a.csv\n", "predict 3 > x.csv\ndata\n", "fit 3 until=\"accuracy > 0.9\"\ndata\n",
  ])
  func arrows(text: String) {
    #expect(Transcript(text).commands == text.split(separator: "\n").map(String.init))
  }
}
