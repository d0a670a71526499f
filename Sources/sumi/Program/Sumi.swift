import ArgumentParser
import Engine
import Glibc
import Grammar
import Workbench

@main
enum Sumi {
  static func main() {
    Machine.shareHeap()
    let arguments = CommandLine.arguments.dropFirst()
    if let first = arguments.first { run(first, Array(arguments.dropFirst())) }
    let options = parsed(Options.self, Options.completed(Options.asked(Array(arguments))))
    var environment = environment()
    // The option is the variable's other name.
    if options.offline { environment["SUMI_OFFLINE"] = "1" }
    do throws(Refusal) { try Kernels.check(environment) } catch {
      Stream(2).write("error: \(error.message)\n" + (error.hint.map { "  \($0)\n" } ?? ""))
      exit(Program.Status.wrongUsage)
    }
    if options.version {
      tell(options.json ? "\(version.text)\n" : "sumi \(Options.release)\n")
    }
    var program = Program(options: options, environment: environment)
    exit(program.run())
  }

  /// Runs what has options of its own: `demo`, `record`, `check`, `publish`; returns where the first word is none
  /// of these.
  private static func run(_ first: String, _ rest: [String]) {
    switch first {
    case "demo":
      let options = parsed(DemoOptions.self, rest)
      var program = program(threads: options.threads, noColor: options.noColor, settings: Program.talkSettings)
      exit(program.present(options))
    case "record":
      let options = parsed(RecordOptions.self, rest)
      var program = program(threads: options.threads, quiet: options.quiet)
      exit(program.record(options))
    case "check":
      let options = parsed(CheckOptions.self, rest)
      var program = program(threads: options.threads, quiet: options.quiet || options.json)
      exit(program.check(options))
    case "publish":
      let options = parsed(PublishOptions.self, rest)
      var program = program(threads: options.threads, quiet: options.quiet)
      exit(program.publish(options))
    case "help" where rest == ["--json-schema"]:
      tell(ResultSchema.text)
    default: break
    }
  }

  private static func program(
    threads: Int?, quiet: Bool = false, noColor: Bool = false, settings: Settings = Settings()
  ) -> Program {
    var words = (quiet ? ["--quiet"] : []) + (noColor ? ["--no-color"] : [])
    if let threads { words += ["--threads", "\(threads)"] }
    return Program(options: parsed(Options.self, words), environment: environment(), settings: settings)
  }

  /// The options; the program ends here when there is only something to tell.
  private static func parsed<Options: ParsableCommand>(_ type: Options.Type, _ arguments: [String]) -> Options {
    do {
      // Subcommands there are none, so what comes is what was asked for.
      guard let options = try Options.parseAsRoot(arguments) as? Options else { throw CleanExit.helpRequest(type) }
      return options
    } catch {
      // Help comes this way too; ArgumentParser's own status for wrong usage is 64, ours is 2.
      let text = Options.fullMessage(for: error) + "\n"
      if Options.exitCode(for: error) == .success { tell(text) }
      Stream(2).write(text)
      exit(Program.Status.wrongUsage)
    }
  }

  /// Writes a text to standard output, and ends the program.
  private static func tell(_ text: String) -> Never {
    let output = Stream(1)
    output.write(text)
    if let complaint = Stream.complaint(output.failure) { Stream(2).write(complaint) }
    exit(output.hasFailed ? Program.Status.failed : Program.Status.fine)
  }

  /// Which program this is, and which of the engine's kernels it runs here.
  private static var version: JSON {
    .object([
      ("version", .text(Options.release)), ("kernels", .text(Kernels.level.rawValue)),
      ("kernels_available", .list(Kernels.available.map { .text($0.rawValue) })),
    ])
  }

  /// The process's environment variables.
  private static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }
}
