import Files
import Grammar

extension Session {
  /// The lines of a script that replays to the same state, the seed first; comments and blank lines included.
  public var script: [String] {
    let seed = "seed \(self.seed.number)"
    let end = narration.reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed()
    return (cells.first?.line == seed ? [] : [seed]) + cells.flatMap { $0.narration + [$0.line] } + end
  }

  /// Writes the session as a script and, when there are some, its weights beside it.
  /// - Parameter path: of both files, without their endings; the folder has to be there.
  /// - Returns: the script's path.
  public func rescue(to path: String) throws(FileError) -> String {
    var lines = ["#!/usr/bin/env sumi"] + script
    if let network, !network.values.isEmpty {
      try FileWriter.replace(path + ".safetensors", with: Safetensors.encode(network))
      lines.append("# The weights as they were: load weights \(ArgumentType<String>.quote(path + ".safetensors"))")
    }
    try FileWriter.replace(path + ".sumi", with: Array(lines.map { $0 + "\n" }.joined().utf8))
    return path + ".sumi"
  }
}
