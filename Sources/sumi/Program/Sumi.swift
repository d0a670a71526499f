import ArgumentParser
import Glibc

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
    if options.version {
      Stream(1).write("sumi \(Options.release)\n")
      exit(Program.Status.fine)
    }
    var program = Program(options: options, environment: environment())
    exit(program.run())
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
