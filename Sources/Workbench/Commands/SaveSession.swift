import Grammar
import Pictures

/// Writes the session as a script that replays to the same state, or as a page to read.
struct SaveSession: Command {
  let file: String

  static let form = Form<SaveSession>(
    "save session",
    "Writes the session as a script that replays to the same state, or as a page with results and pictures.",
    Parameter(
      "file", .text("a file ending in .sumi or .html").from(.scripts), "ending in .sumi, or in .html for the page"),
    examples: ["save session work.sumi", "save session work.html"], make: { SaveSession(file: $0) },
    settings: { $0.file })

  static var effect: Effect { .steers }

  var written: [String] { [file] }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let bytes: [UInt8]
    if file.hasSuffix(".sumi") {
      bytes = Array(script(draft).utf8)
    } else if file.hasSuffix(".html") {
      bytes = Array(try page(draft).utf8)
    } else {
      throw Refusal("a session's file ends in .sumi or .html, not as \(file) does", hint: "save session \(file).sumi")
    }
    try host.replace(try host.path(file), with: bytes)
    if file.hasSuffix(".sumi") { draft.hasUnsavedTraining = false }
    return Remark(
      "\(counted(draft.cells.count, "command")) in \(file)",
      [("file", .text(file)), ("commands", .integer(draft.cells.count))])
  }

  private func script(_ session: Session) -> String {
    let seed = "seed \(session.seed.number)"
    let hasSeed = session.cells.first?.line == seed
    let lines = ["#!/usr/bin/env sumi"] + (hasSeed ? [] : [seed]) + session.cells.map(\.line)
    return lines.map { $0 + "\n" }.joined()
  }

  private func page(_ session: Session) throws(Refusal) -> String {
    var body = "<h1>A session with Sumi</h1>\n<p>All random choices follow from seed \(session.seed.number).</p>\n"
    for (index, cell) in session.cells.enumerated() {
      body += "<pre class=\"command\"><span>\(index + 1)&gt;</span> \(Page.escaped(Line(cell.line).text))</pre>\n"
      do throws(Undrawable) { body += try Page(cell.answer?.figures ?? []).body() } catch {
        throw Refusal("\(file): \(error.message)")
      }
    }
    return Page.html(title: "A session with Sumi", body: body)
  }
}
