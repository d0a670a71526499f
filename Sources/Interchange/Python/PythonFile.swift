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
    let head = ["#!/usr/bin/env python3", "\"\"\"\(title)\"\"\"", ""] + sortedImports
    let defined = definitions.map { "\n\n" + $0 + "\n" }.joined()
    let gap = definitions.isEmpty ? "\n" : "\n\n"
    return head.map { $0 + "\n" }.joined() + defined + gap + lines.map { $0 + "\n" }.joined()
  }

  /// Python's own modules first.
  private var sortedImports: [String] {
    let own = imports.filter { ["import json", "import pathlib"].contains($0) }.sorted()
    return own + (own.isEmpty ? [] : [""]) + imports.filter { !own.contains($0) }.sorted()
  }

  var bytes: [UInt8] { Array(text.utf8) }
}
