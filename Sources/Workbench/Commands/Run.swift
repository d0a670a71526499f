import Grammar
import Pictures

/// Replays a script.
struct Run: Command {
  let file: String

  static let form = Form<Run>(
    "run", "Replays a script; the whole of it is read before its first line runs.",
    Parameter("file", .text("a file's name").from(.scripts), "a script"),
    examples: ["run first-steps.sumi"], make: { Run(file: $0) }, settings: { $0.file })

  static var effect: Effect { .steers }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let replay = try Script(file: host.path(file)).replay(on: &draft, cell: 1, host: host)
    return Output(file: file, replay: replay)
  }

  private struct Output: Answer {
    let file: String
    let replay: Replay

    var json: JSON { .object([("file", .text(file)), ("commands", .integer(replay.lines))]) }
    var pictures: [any Picture] { [] }
    var diagnostic: Diagnostic? { replay.diagnostic }
    var isLast: Bool { replay.end == .quit }
    var notes: [String] {
      guard replay.end == .interrupted else { return [] }
      return ["the script was stopped after \(grouped(replay.lines)) commands; what they did is kept"]
    }
  }
}
