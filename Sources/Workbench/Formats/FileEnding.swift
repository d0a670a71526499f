import Grammar

/// How a file's name ends, which chooses the format that it is written in.
enum FileEnding {
  /// What stands after the last dot of the name, in lower case; nil when there is none.
  static func of(_ path: String) -> String? {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name.index(after: dot) < name.endIndex else {
      return nil
    }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The name of a file without its folder and its ending.
  static func base(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return of(name).map { String(name.dropLast($0.count + 1)) } ?? name
  }

  /// The same path with another ending in the place of its own.
  static func replaced(_ path: String, by ending: String) -> String {
    let kept = of(path).map { String(path.dropLast($0.count + 1)) } ?? path
    return "\(kept).\(ending)"
  }
}

extension ArgumentType where Value == String {
  /// The name of a file to be written, which has to end in one of `endings`.
  /// - Parameters:
  ///   - what: what is written: `weights`.
  ///   - command: what stands before the name in a line: `save weights`.
  static func file(of what: String, endings: [String], command: String) -> ArgumentType {
    let names = endings.map { ".\($0)" }.alternatives
    return ArgumentType(
      expected: "a file ending in \(names)",
      read: { (word) throws(Misread) -> String in
        let text = try ArgumentType.text("a file ending in \(names)").value(of: word)
        let ending = FileEnding.of(text)
        // An ending may have two parts: `.weights.h5`.
        let whole = text.lowercased()
        if ending != nil, endings.contains(where: { whole.hasSuffix(".\($0)") }) { return text }
        let name = text.hasSuffix("/") ? text + what : text
        // Keras's own files had other endings once.
        let meant = ["h5", "hdf5"].contains(ending) ? "keras" : ending ?? ""
        let nearest = endings.first { $0.hasSuffix(".\(ending ?? "")") || $0 == meant } ?? endings[0]
        let hint = "\(command) \(ArgumentType.quote(FileEnding.replaced(name, by: nearest)))"
        let wrong = ending.map { "\(what) cannot be written as .\($0)" } ?? "the file's ending chooses the form"
        throw Misread("\(wrong); expected a file ending in \(names)", hint: hint, at: word.span)
      },
      write: { ArgumentType.quote($0) })
  }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  var alternatives: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
