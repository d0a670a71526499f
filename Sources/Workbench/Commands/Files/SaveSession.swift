import Grammar
import Pictures

/// Writes the session as a script that replays to the same state, or as a page to read.
struct SaveSession: Command {
  let file: String
  let isForced: Bool

  static let form = Form<SaveSession>(
    "save session",
    "Writes the session as a script that replays to the same state, or as a page with results and pictures.",
    Parameter(
      "file", .file(of: "a session", endings: SessionFormats.endings, command: "save session").from(.scripts),
      "ending in .sumi for a script, in .html or .md for a page, in .ipynb for a notebook"),
    Parameter<Bool>.force,
    examples: ["save session work.sumi", "save session work.html", "save session work.md", "save session work.ipynb"],
    make: { SaveSession(file: $0, isForced: $1) }, settings: { ($0.file, $0.isForced) })

  static var effect: Effect { .meta }

  var written: [String] { [file] }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    // The form has looked at the ending.
    guard let (format, isReplayable) = SessionFormats.format(of: file) else {
      throw Refusal("no session's file ends as \(file) does", hint: "save session work.sumi")
    }
    let bytes = try format.bytes(draft, at: try host.path(file))
    let path = try host.save(file, isForced: isForced, command: "save session", bytes)
    if isReplayable { draft.hasUnsavedTraining = false }
    return Remark(
      "\(counted(draft.cells.count, "command")) in \(volatile: path)",
      [("file", .text(path)), ("commands", .integer(draft.cells.count))])
  }
}

extension Parameter where Value == Bool {
  /// What every command that saves takes.
  static var force: Parameter {
    .named("force", .flag, default: false, "yes replaces a file that this session neither made nor read")
  }
}
