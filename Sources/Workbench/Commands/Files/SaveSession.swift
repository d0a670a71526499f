import Grammar
import Interchange
import Pictures

/// Writes the session as a script that replays to the same state, or as a page to read.
struct SaveSession: Command {
  let file: String
  let library: ProgramLibrary
  let withWeights: Bool
  let isForced: Bool

  static let form = Form<SaveSession>(
    "save session",
    "Writes the session as a script that replays to the same state, as a page, or as a program for Keras or PyTorch.",
    Parameter(
      "file", .file(of: "a session", endings: endings, command: "save session").from(.scripts),
      "ending in .sumi for a script, in .html or .md for a page, in .ipynb for a notebook, in .py for a program"),
    .library, .named("weights", .flag, default: false, "yes: the .py takes what was learnt here, instead of training"),
    Parameter<Bool>.force,
    examples: [
      "save session work.sumi", "save session work.html", "save session work.md", "save session work.ipynb",
      "save session work.py", "save session work.py to=torch force=yes",
    ],
    make: { SaveSession(file: $0, library: $1, withWeights: $2, isForced: $3) },
    settings: { ($0.file, $0.library, $0.withWeights, $0.isForced) })

  private static let endings = SessionFormats.endings + [ProgramFiles.ending]

  static var effect: Effect { .meta }

  var written: [String] { ProgramFiles.isProgram(file) ? ProgramFiles(file: file).written : [file] }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    if ProgramFiles.isProgram(file) { return try saveProgram(draft, host) }
    guard library == .keras, !withWeights else { throw .noProgram(file) }
    // The form has looked at the ending.
    guard let (format, isReplayable) = SessionFormats.format(of: file) else {
      throw Refusal("no session's file ends as \(file) does", hint: "save session work.sumi")
    }
    let bytes = try format.bytes(draft, at: try host.path(file))
    let path = try host.save(file, isForced: isForced, command: "save session", bytes)
    if isReplayable {
      draft.hasUnsavedTraining = false
      host.journal?.name(FileEnding.base(of: path))
    }
    return Remark(
      "\(counted(draft.cells.count, "command")) in \(volatile: path)",
      [("file", .text(path)), ("commands", .integer(draft.cells.count))])
  }

  private func saveProgram(_ session: Session, _ host: Host) throws(Refusal) -> any Answer {
    let program = ProgramFiles(file: file)
    try program.checkName { file in
      let other = SaveSession(file: file, library: library, withWeights: withWeights, isForced: isForced)
      return SaveSession.form.line(other)
    }
    let (paths, omissions) = try program.save(
      session, for: library, withWeights: withWeights, isForced: isForced, host)
    let notes = omissions.map { Line("not in the program: \($0.line) (\($0.reason))") }
    return Remark(
      "\(counted(session.cells.count, "command")) in \(volatile: paths.joined(separator: ", "))",
      [
        ("file", .text(paths[0])), ("commands", .integer(session.cells.count)),
        ("files", .list(paths.map(JSON.text))), ("omitted", .list(omissions.map { .text($0.line) })),
      ], notes: notes)
  }
}

extension Refusal {
  fileprivate static func noProgram(_ file: String) -> Refusal {
    Refusal(
      "to= and weights= are for programs, and \(file) is none",
      hint: "save session \(FileEnding.replaced(file, by: ProgramFiles.ending))")
  }
}

extension Parameter where Value == Bool {
  /// What every command that saves takes.
  static var force: Parameter {
    .named("force", .flag, default: false, "yes replaces a file that this session neither made nor read")
  }
}
