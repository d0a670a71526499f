import Grammar

/// Goes on with a session that was kept, as `resume` does, beside the commands that list, rename and remove sessions.
struct ResumeSession: Command {
  let name: String?

  static let form = Form<ResumeSession>(
    "sessions resume", "Goes on with a session that was kept, as resume does.",
    Parameter(
      "name", ArgumentType<String>.text("a session's name").from(.sessions).optional, default: .some(nil),
      "which one; the last when left out"),
    examples: ["sessions resume"], make: { ResumeSession(name: $0) }, settings: { $0.name })

  static var effect: Effect { .meta }

  static func canRun(in environment: [String: String]) -> Bool {
    Resume.canRun(in: environment)
  }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    try Resume(name: name).run(&draft, host)
  }
}
