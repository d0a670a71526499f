import Glibc
import Grammar
import Pictures
import Workbench

/// Reads lines as the terminal itself edits them, for a prompt that cannot be drawn because standard output is a file
/// or a pipe; the prompt is on standard error then, if that is a terminal.
final class PlainReader: LineReader {
  let history: History
  let canSuggest = false
  var complete: (String) -> Completion = { Completion(of: $0, in: Session(seed: Seed(0, isDrawn: true))) }
  var offer: String?
  var pasted = Pasted()
  private var input = Input(descriptor: 0, endsWithInterrupt: true)

  init(history: History) { self.history = history }

  func read(_ prompt: Line, _ settings: Settings) -> Entry {
    Interrupt.clear()
    let person = Stream.person
    var text: String?
    repeat {
      if person.isTerminal { person.write(text == nil ? prompt.text : "… ") }
      guard let line = input.next() else { return ending(person) }
      text = (text.map { $0 + "\n" } ?? "") + String(decoding: line.bytes, as: UTF8.self)
    } while text.map { Continuation($0).isOpen } ?? false
    return .line(text ?? "")
  }

  private func ending(_ person: Stream) -> Entry {
    if Interrupt.isEnding { return .gone }
    if Interrupt.isRequested {
      if person.isTerminal { person.write("\n") }
      return .dropped
    }
    return isatty(0) == 1 ? .end : .gone
  }

  func remember(_ line: String) { history.add(line) }
}
