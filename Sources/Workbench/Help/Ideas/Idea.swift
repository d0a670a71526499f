import Grammar

/// An idea of the field, told to somebody who meets it for the first time.
struct Idea: Sendable {
  /// Where a book says more: the chapter of its first edition and of its second.
  struct Chapter: Sendable {
    let first: Int
    let second: Int

    /// By chapter only, as pages differ.
    var text: String {
      "Deep Learning with Python, chapter \(first)" + (first == second ? "" : " (\(second) in the second edition)")
    }
  }

  let name: String
  /// Other ways to write or to call it.
  let otherNames: [String]
  /// What it is, in one sentence.
  let meaning: String
  /// Two sentences more.
  let more: String
  /// The line that shows it.
  let line: String
  /// nil where the book says nothing of it.
  let chapter: Chapter?

  init(
    _ name: String, or otherNames: [String] = [], _ meaning: String, _ more: String, shows line: String,
    chapter first: Int? = nil, second: Int? = nil
  ) {
    (self.name, self.otherNames, self.meaning, self.more, self.line) = (name, otherNames, meaning, more, line)
    chapter = first.map { Chapter(first: $0, second: second ?? $0) }
  }

  static let what = "idea"

  /// All of them, in the order in which a beginner meets them.
  static let all = ofData + ofNetworks + ofTraining + ofResults

  /// Whether a person means it: case, hyphens and a plural make no difference.
  func isMeant(by typed: String) -> Bool {
    // No name is longer, and a person's cat on the keyboard is no question.
    guard typed.utf8.count <= 64 else { return false }
    let meant = Idea.plain(typed)
    return ([name] + otherNames).contains { Idea.plain($0) == meant }
  }

  private static func plain(_ name: String) -> String {
    let letters = name.lowercased().filter(\.isLetter).replacing("isation", with: "ization")
    return letters.hasSuffix("s") && !letters.hasSuffix("ss") ? String(letters.dropLast()) : letters
  }

  /// What shows it in a session as it is: its own line where that can run, else the next one on the way there.
  func lines(in session: Session) -> [String] {
    guard let command = (try? Statement(line))?.command, !type(of: command).canRun(on: session),
      let next = session.nextLine
    else { return [line] }
    return [next, line]
  }
}

extension Topic {
  init(_ idea: Idea) {
    self.init(
      what: Idea.what, name: idea.name, otherNames: idea.otherNames, help: "\(idea.meaning) \(idea.more)",
      brief: idea.meaning, source: idea.chapter?.text, examples: [idea.line])
  }
}
