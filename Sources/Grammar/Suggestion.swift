/// The name that a mistyped word most likely meant.
public enum Suggestion {
  /// The nearest of `names` to `typed`, or nil when none is near enough to be meant.
  ///
  /// Near is at most a third of the letters changed (one at least), or a name that begins with what was typed,
  /// or the longest one with which it begins: `batchnormalization` means `batchnorm`.
  public static func nearest(to typed: String, among names: some Sequence<String>) -> String? {
    let word = typed.lowercased()
    guard !word.isEmpty, word.count <= 64 else { return nil }
    let limit = max(1, (word.count + 1) / 3)
    var best: (name: String, edits: Int)?
    for name in names {
      let edits = distance(Array(word), Array(name.lowercased()))
      if edits <= limit, edits < best?.edits ?? .max { best = (name, edits) }
    }
    if let best { return best.name }
    guard word.count > 1 else { return nil }
    let longer = names.first { $0.lowercased().hasPrefix(word) }
    return longer ?? names.filter { $0.count > 1 && word.hasPrefix($0.lowercased()) }.max { $0.count < $1.count }
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
  /// (optimal string alignment; Damerau 1964).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var above = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var edits = min(above[j + 1] + 1, row[j] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, before[j - 1] + 1) }
        row.append(edits)
      }
      (before, above) = (above, row)
    }
    return above[b.count]
  }
}
