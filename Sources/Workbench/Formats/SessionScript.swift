import Files
import Grammar

/// A session as a script that replays to the same state.
struct ScriptFormat: SessionFormat {
  static let form = Form<ScriptFormat>(
    "script", "A script that replays to the same state, comments and blank lines included.",
    examples: ["save session work.sumi"], make: { ScriptFormat() }, settings: { _ in () })

  static let endings = ["sumi"]
  static let isReplayable = true

  func bytes(_ session: Session, at path: String, mark: String?) throws(Refusal) -> [UInt8] {
    let lines = ["#!/usr/bin/env sumi"] + session.script.map { PathResolver.line($0, inScriptAt: path) }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }
}

extension Session {
  /// The lines of a script that replays to the same state, the seed first; comments and blank lines included.
  public var script: [String] {
    let seed = "seed \(self.seed.number)"
    let end = narration.reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed()
    return (beginsWithSeed ? [] : [seed]) + cells.flatMap { $0.narration + [$0.line] } + end
  }

  /// The lines of the cells as they are run again: the seed stands before the first where that does not fix it.
  var replayedLines: [String] {
    cells.enumerated().map { index, cell in
      index == 0 && !beginsWithSeed ? "seed \(seed.number)\n\(cell.line)" : cell.line
    }
  }

  /// Whether the first cell fixes the seed that the session has, with a comment or without.
  private var beginsWithSeed: Bool {
    let first = cells.first.flatMap { try? Statement($0.line) }
    return (first?.command as? SetSeed)?.seed == seed.number
  }

  /// Writes the session as a script and, when there are some, its weights beside it.
  /// - Parameter path: of both files, without their endings; the folder has to be there.
  /// - Returns: the script's path.
  public func rescue(to path: String) throws(FileError) -> String {
    let file = path + ".sumi"
    var lines = ["#!/usr/bin/env sumi"] + script.map { PathResolver.line($0, inScriptAt: file) }
    if let network, !network.values.isEmpty {
      try FileWriter.replace(path + ".safetensors", with: Safetensors.encode(network))
      lines.append("# The weights as they were: load weights \(ArgumentType<String>.quote(path + ".safetensors"))")
    }
    try FileWriter.replace(file, with: Array(lines.map { $0 + "\n" }.joined().utf8))
    return file
  }
}
