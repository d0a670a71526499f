import Grammar

/// Writes the session as a script that replays to the same state.
struct SaveSession: Command {
  let file: String

  static let form = Form<SaveSession>(
    "save session", "Writes the session as a script that replays to the same state.",
    Parameter("file", .text("a file ending in .sumi").from(.scripts), "ending in .sumi"),
    examples: ["save session work.sumi"], make: { SaveSession(file: $0) }, settings: { $0.file })

  static var effect: Effect { .steers }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    guard file.hasSuffix(".sumi") else {
      throw Refusal("a session's file ends in .sumi, not as \(file) does", hint: "save session \(file).sumi")
    }
    let lines = ["#!/usr/bin/env sumi"] + draft.script
    try FileWriter.replace(file, with: Array(lines.map { $0 + "\n" }.joined().utf8))
    draft.hasUnsavedTraining = false
    return Remark(
      "\(grouped(draft.cells.count)) commands in \(file)",
      [("file", .text(file)), ("commands", .integer(draft.cells.count))])
  }
}
