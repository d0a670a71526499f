import Files

/// The lines that wait behind the one that runs: the rest of its script, and of those that run that.
public struct WaitingLines: Sendable {
  /// What is left of a script.
  struct Part: Sendable {
    let entries: [Script.Entry]
    let position: Int
    let paths: PathResolver

    /// Whether both hold the very same lines in memory.
    fileprivate func isSameScript(as other: Part) -> Bool {
      entries.withUnsafeBufferPointer { entries in
        other.entries.withUnsafeBufferPointer { entries.baseAddress == $0.baseAddress && entries.count == $0.count }
      }
    }
  }

  /// The innermost script first.
  var parts: [Part] = []

  /// As they would be typed in the working folder, comments among them.
  var lines: [String] { parts.flatMap { part in part.entries[part.position...].map { part.paths.here($0.text) } } }

  /// Whether they are what others become when one line of the innermost script has run; found out without a look at
  /// all.
  func follow(_ others: WaitingLines) -> Bool {
    guard parts.count == others.parts.count, let first = parts.first, let before = others.parts.first else {
      return false
    }
    let pairs = zip(parts, others.parts)
    guard first.position > before.position, pairs.allSatisfy({ $0.isSameScript(as: $1) }),
      pairs.dropFirst().allSatisfy({ $0.position == $1.position })
    else { return false }
    return first.entries[before.position..<first.position].count { !Script.isBlank($0.text) } == 1
  }

  /// A line of the innermost script, as it would be typed in the working folder.
  func here(_ line: String) -> String { parts.first?.paths.here(line) ?? line }
}
