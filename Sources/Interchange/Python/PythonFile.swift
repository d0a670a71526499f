/// A program as it is written: what it imports, what it defines, and its lines.
struct PythonFile {
  /// The first line, as a module's docstring.
  let title: String
  var imports: [String]
  /// Pieces that are defined above the lines, each once.
  private var definitions: [String] = []
  private var lines: [String] = []
  /// Blanks in front of every line.
  var indent = 0

  init(title: String, imports: [String]) { (self.title, self.imports) = (title, imports) }

  mutating func add(_ line: String) {
    lines.append(line.isEmpty ? "" : String(repeating: " ", count: indent) + line)
  }

  mutating func comment(_ text: String) { for line in Python.comment(text) { add(line) } }

  /// A comment or a blank line of the session, as it was written.
  mutating func narrate(_ text: String) {
    for line in Python.comment(text) {
      // It has its mark already.
      add(text.hasPrefix("#") ? String(line.dropFirst(2)) : "")
    }
  }

  /// Defines a class or a function that the lines use.
  mutating func define(_ definition: String) {
    if !definitions.contains(definition) { definitions.append(definition) }
  }

  mutating func `import`(_ line: String) { if !imports.contains(line) { imports.append(line) } }

  var text: String {
    let head = ["#!/usr/bin/env python3", "\"\"\"\(title)\"\"\"", ""] + imports.sorted()
    let defined = definitions.flatMap { ["", ""] + $0.split(separator: "\n", omittingEmptySubsequences: false) }
    let gap = definitions.isEmpty ? [""] : ["", ""]
    return (head + defined.map(String.init) + gap + lines).map { $0 + "\n" }.joined()
  }

  var bytes: [UInt8] { Array(text.utf8) }
}
