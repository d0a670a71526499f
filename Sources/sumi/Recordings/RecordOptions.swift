import ArgumentParser
import Workbench

/// What stands behind `sumi record` on the command line.
struct RecordOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sumi record", abstract: "Replays scripts, and writes each command's output below it.",
    discussion: """
      Outputs stand in comments that begin with #|, in the place of older ones; a recorded script is still a script. \
      sumi check compares them.
      """)

  @Argument(help: ArgumentHelp("Scripts to record.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Threads that work at once.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print errors only.")
  var quiet = false
}

/// What stands behind `sumi check` on the command line.
struct CheckOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sumi check", abstract: "Replays recorded scripts, and compares what they print.",
    discussion: """
      Words have to be the same; numbers too, or within the tolerance that a comment at the file's head states: \
      # tolerance: across machines, # tolerance: 0.01 or # tolerance: 2 %. Times, speeds and paths are not compared; \
      #| … as the last line of an output stands for whatever follows. \
      A script whose published data set is not on this machine, where nothing is fetched (SUMI_OFFLINE), is skipped. \
      The exit status is 1 when anything differs.
      """)

  @Argument(help: ArgumentHelp("Scripts to check.", valueName: "file"))
  var files: [String]

  @Flag(help: "Write what was printed now into the files, after showing the differences.")
  var update = false

  @Flag(help: "Print one JSON object a file, and nothing else.")
  var json = false

  @Option(help: ArgumentHelp("Write a report for continuous integration, as JUnit XML.", valueName: "path"))
  var junit: String?

  @Option(help: ArgumentHelp("Threads that work at once.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print differences and errors only.")
  var quiet = false
}

/// What stands behind `sumi publish` on the command line.
struct PublishOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sumi publish", abstract: "Replays a script, and writes it with all results as a page or a notebook.")

  @Argument(help: ArgumentHelp("The script to publish.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("What to write: html, md or ipynb.", valueName: "form"))
  var to: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write it; beside the script when not given.", valueName: "path"))
  var output: String?

  @Flag(help: "Replace a file that sumi publish did not make.")
  var force = false

  @Option(help: ArgumentHelp("Threads that work at once.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard Publication.endings.contains(to) else {
      throw ValidationError("--to: expected \(Publication.endings.joined(separator: ", ")), not \(to)")
    }
  }
}
