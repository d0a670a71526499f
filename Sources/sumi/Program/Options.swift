import ArgumentParser
import Grammar

/// What stands behind `sumi` on the command line.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sumi", abstract: "A shell for neural networks.",
    discussion: "Without files it opens the prompt; there, help lists what can be typed.")

  /// The program's version, after semver.org.
  static let release = "0.1.0"

  @Argument(
    help: ArgumentHelp("Scripts to replay, - for standard input; the prompt when there is none.", valueName: "file"))
  var files: [String] = []

  @Option(name: .customShort("c"), help: "Run commands, separated by ;")
  var commands: String?

  @Flag(name: .customShort("i"), help: "Go on after the scripts, at the prompt or in a pipe, and after mistakes.")
  var isInteractive = false

  @Flag(help: "Print one JSON object a command, and nothing else.")
  var json = false

  @Flag(help: "Print results and errors only.")
  var quiet = false

  @Flag(help: "Skip ~/.config/sumi/init.sumi, which runs before the prompt.")
  var noInit = false

  @Option(
    help: ArgumentHelp(
      "Go on with a session that was kept, the last when none is named.",
      valueName: "name"))
  var resume: String?

  @Flag(help: "Keep the session of a script while it goes, as at the prompt.")
  var journal = false

  @Flag(help: "Use no colours.")
  var noColor = false

  @Flag(help: "Fetch nothing from the network.")
  var offline = false

  @Option(help: ArgumentHelp("Threads that work at once.", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Fix all random choices.", valueName: "n"))
  var seed: UInt64?

  @Flag(help: "Print the version.")
  var version = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: expected a whole number from 1 to 1024, not \(threads)")
    }
    if files == ["run"] { throw ValidationError("run: a script's name is missing") }
    if commands != nil, !files.isEmpty { throw ValidationError("-c and files cannot be given together") }
  }

  /// The arguments with `help NAME` as the command that it is at the prompt.
  static func asked(_ arguments: [String]) -> [String] {
    guard arguments.first == "help" else { return arguments }
    let isOption = { (word: String) in word.hasPrefix("-") }
    let words = arguments.filter { !isOption($0) }.map { $0.contains(" ") ? $0 : ArgumentType<String>.quote($0) }
    return arguments.filter(isOption) + ["-c", words.joined(separator: " ")]
  }

  /// What stands for no name behind `--resume`; no session is called so, as names are one line.
  private static let unnamed = "\n"

  /// The session to go on with; empty for the last, nil for none.
  var resumed: String? { resume == Options.unnamed ? "" : resume }

  /// The arguments with something behind every `--resume`: ArgumentParser has no options whose value may be left out.
  static func completed(_ arguments: [String]) -> [String] {
    arguments.enumerated().map { index, word in
      guard word == "--resume" else { return word }
      let next = index + 1 < arguments.count ? arguments[index + 1] : "-"
      return next.hasPrefix("-") ? "--resume=" + unnamed : word
    }
  }

  /// The scripts; `run` before them is allowed and changes nothing.
  var scripts: [String] { files.first == "run" ? Array(files.dropFirst()) : files }
}
