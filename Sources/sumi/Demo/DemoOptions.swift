import ArgumentParser

/// What stands behind `sumi demo` on the command line.
struct DemoOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sumi demo", abstract: "Gives a talk from a script, step by step.",
    discussion: """
      Enter or Space runs the command that is shown, b goes back a step, r runs the last one again, s skips one, a \
      number jumps to a heading, o lists the headings, q leaves. Anything else is typed at the full prompt; continue \
      returns to the talk as it was. Written into a file, as in sumi demo FILE > talk.cast, it is a recording for \
      asciinema.
      """)

  @Argument(help: ArgumentHelp("The script to present.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Go on by itself, after so many seconds at each step.", valueName: "seconds"))
  var auto: Double?

  @Option(help: ArgumentHelp("Type and wait so many times as fast.", valueName: "n"))
  var speed = 1.0

  @Flag(help: "Show the notes for the speaker, lines that begin with #:, in the talk.")
  var notes = false

  @Option(
    help: ArgumentHelp(
      "Show the notes for the speaker on another terminal, or write them to a file.", valueName: "path"))
  var notesFor: String?

  @Option(help: ArgumentHelp("Threads that work at once.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Use no colours.")
  var noColor = false

  func validate() throws {
    if let auto, !(0...3600).contains(auto) {
      throw ValidationError("--auto: expected a number of seconds from 0 to 3600, not \(auto)")
    }
    guard speed.isFinite, (0.1...1000).contains(speed) else {
      throw ValidationError("--speed: expected a number from 0.1 to 1000, not \(speed)")
    }
  }
}
