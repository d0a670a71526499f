import Files
import Grammar

extension Statement {
  /// A line with other names for the files that it names, all else as it was typed.
  /// - Parameter name: the new name of an old one; nil where it stays.
  static func renamed(_ line: String, _ name: (String) -> String?) -> String {
    guard let statement = try? Statement(line), let words = try? Words(line) else { return line }
    let files = Set(statement.command.inputs + statement.written)
    var characters = Array(line)
    for word in (words.all + [words.redirect].compactMap { $0 }).reversed() {
      guard let file = files.first(where: { word.text == $0 || word.text.hasSuffix("=\($0)") }),
        let new = name(file), word.span.end <= characters.count
      else { continue }
      let key = String(word.text.dropLast(file.count))
      characters.replaceSubrange(word.span.start..<word.span.end, with: Array(key + ArgumentType<String>.quote(new)))
    }
    return String(characters)
  }
}

extension PathResolver {
  /// A line of the script that these paths are beside, as it would be typed in the working folder.
  func here(_ line: String) -> String {
    guard folder != nil else { return line }
    return Statement.renamed(line) { try? self.path($0) }
  }

  /// A line typed in the working folder, as it would stand in a script in another.
  static func line(_ line: String, inScriptAt path: String) -> String {
    guard let here = real("."), let there = real(folder(of: path)), here != there else { return line }
    return Statement.renamed(line) { name in
      guard !name.hasPrefix("/"), !name.hasPrefix("~") else {
        return name.hasPrefix(there + "/") ? String(name.dropFirst(there.count + 1)) : nil
      }
      let absolute = here == "/" ? "/" + name : "\(here)/\(name)"
      return absolute.hasPrefix(there + "/") ? String(absolute.dropFirst(there.count + 1)) : absolute
    }
  }
}
