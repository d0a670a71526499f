import Pictures
import Workbench

/// Where a talk is shown: words, the command as it is typed, and how far the talk has come.
struct Stage {
  let screen: Screen
  let settings: Settings
  let talk: Talk

  /// Words on longer lines are hard to read.
  private var width: Int { max(10, min(76, screen.columns - 2)) }

  /// The words before a step's command, and its question.
  func say(_ step: Talk.Step, isPrompted: Bool) {
    let question = step.question.map { [Line("? ", Style(.yellow, isBold: true)) + Line($0, .bold)] } ?? []
    let notes = isPrompted ? step.notes.map { Line("» \($0)", .dim) } : []
    let lines = step.lines(width: width)
    draw((lines.isEmpty && question.isEmpty && notes.isEmpty ? [] : [Line()]) + lines + question + notes)
  }

  /// The prompt, with the progress mark at the edge of its row.
  func prompt(_ number: Int, step: Int) {
    let mark = "\(step + 1)/\(talk.steps.count)"
    let edge =
      screen.columns > mark.count + 20 && screen.canRedraw
      ? CursorControl.save + CursorControl.column(screen.columns - mark.count) + screen.paint(Line(mark, .dim))
        + CursorControl.restore : ""
    screen.draw(edge + screen.paint(Line("\(number)>", .bold)) + " ")
  }

  func type(_ text: String) { screen.draw(screen.paint(Line(text, .bold))) }

  func draw(_ lines: [Line]) {
    let lines = lines.flatMap { $0.wrapped(to: max(10, screen.columns - 1)) }
    screen.draw(lines.map { screen.paint($0) + "\n" }.joined())
  }

  /// The headings with their numbers, and a mark where the talk stands.
  func overview(at step: Int) {
    let current = talk.heading(of: step)
    let rows = talk.headings.enumerated().map { index, heading in
      let line = Line(
        "\(heading == current ? "▸" : " ")\(index + 1)  \(heading.title)", heading == current ? .bold : .plain)
      return line + Line("   \(heading.step + 1)/\(talk.steps.count)", .dim)
    }
    draw(
      [Line()] + (rows.isEmpty ? [Line("the talk has no headings; they are comments that begin with ##", .dim)] : rows))
  }

  func help() {
    draw([
      Line(), Line("Enter, Space  runs it     b  back a step    r  the last one again", .dim),
      Line("s  skips it   1 2 3 …  to a heading   o  overview   q  leaves", .dim),
      Line("any other key types at the full prompt, : at an empty one;", .dim),
      Line("continue returns to the talk", .dim),
    ])
  }
}
