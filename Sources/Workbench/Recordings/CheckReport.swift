import Pictures

extension Check {
  /// `{"file":…,"ok":true,"commands":12,"seconds":1.5,"differences":[…]}`; with `lacking` where nothing ran.
  public var json: JSON {
    .object([
      ("file", .text(file)), ("ok", .bool(passes)), ("recorded", .bool(isRecorded)), ("commands", .integer(commands)),
      ("seconds", .number((seconds * 1000).rounded() / 1000)), ("differences", .list(differences.map(\.json))),
      ("errors", .list(mistakes.map(\.json))),
    ] + (lacking.map { [("lacking", .text($0))] } ?? []))
  }

  /// A report of several checks that servers of continuous integration read: JUnit XML, a case for each file.
  public static func junit(_ checks: [Check]) -> String {
    let failures = checks.count { !$0.passes }
    let skipped = checks.count { $0.lacking != nil }
    let seconds = fixed(checks.reduce(0) { $0 + $1.seconds }, 3)
    let head =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"sumi check\" tests=\"\(checks.count)\" "
      + "failures=\"\(failures)\" skipped=\"\(skipped)\" time=\"\(seconds)\">\n"
    return head + checks.map(\.junitCase).joined() + "</testsuite>\n"
  }

  private var junitCase: String {
    let head = "  <testcase name=\"\(Check.escaped(file))\" classname=\"sumi\" time=\"\(fixed(seconds, 3))\""
    if let lacking {
      let why = Check.escaped("\(lacking) is not on this machine")
      return head + ">\n    <skipped message=\"\(why)\"/>\n  </testcase>\n"
    }
    guard !passes else { return head + "/>\n" }
    let text = (mistakes.flatMap(\.lines) + differences.flatMap(\.lines)).map(\.text).joined(separator: "\n")
    let message = mistakes.first?.message ?? (wasInterrupted ? "interrupted" : counted(differences.count, "difference"))
    return head
      + ">\n    <failure message=\"\(Check.escaped(message))\">\(Check.escaped(text))</failure>\n  </testcase>\n"
  }

  /// XML has no character for most controls, so they are left out.
  private static func escaped(_ text: String) -> String {
    Page.escaped(
      String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })))
  }
}
