import ArgumentParser
import Engine
import Glibc
import Grammar
import Workbench

@main
enum Sumi {
  static func main() {
    let options: Options
    do { options = try Options.parse() } catch {
      // Help comes this way too; ArgumentParser's own status for wrong usage is 64, ours is 2.
      let isHelp = Options.exitCode(for: error) == .success
      Stream(isHelp ? 1 : 2).write(Options.fullMessage(for: error) + "\n")
      exit(isHelp ? Program.Status.fine : Program.Status.wrongUsage)
    }
    var environment = environment()
    // The option is the variable's other name.
    if options.offline { environment["SUMI_OFFLINE"] = "1" }
    do throws(Refusal) { try Kernels.check(environment) } catch {
      Stream(2).write("error: \(error.message)\n" + (error.hint.map { "  \($0)\n" } ?? ""))
      exit(Program.Status.wrongUsage)
    }
    if options.version {
      Stream(1).write(options.json ? "\(version.text)\n" : "sumi \(Options.release)\n")
      exit(Program.Status.fine)
    }
    var program = Program(options: options, environment: environment)
    exit(program.run())
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
