import Grammar

/// Ends the program.
struct Quit: Command {
  static let form = Form<Quit>(
    "quit", "Ends the program.", examples: ["quit"], make: { Quit() }, settings: { _ in () })

  static var effect: Effect { .meta }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var remark = Remark("")
    remark.isLast = true
    return remark
  }
}
