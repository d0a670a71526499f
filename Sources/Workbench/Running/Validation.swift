import Files
import Grammar

extension Script {
  /// Scripts that run scripts, at most so deep.
  static let deepest = 16

  /// Reads every line, and the scripts that it runs, without running anything: all mistakes, in order.
  ///
  /// A file that an earlier line writes is read when it is run.
  public func validate(_ host: Host) -> [Diagnostic] { mistakes(inside: [], host) }

  /// - Parameter scripts: the files of the scripts around it, from the outermost on.
  func mistakes(inside scripts: [String], _ host: Host) -> [Diagnostic] {
    var validation = Validation()
    validation.read(self, inside: scripts, host.paths)
    return validation.mistakes
  }
}

extension Script {
  /// The first of several scripts, which are run one after the other, that cannot be read or has mistakes; nil when
  /// all are right. What an earlier one writes is read when it is run.
  public static func firstFaulty(_ files: [String], _ host: Host) -> String? {
    var validation = Validation()
    for file in files where !FileReader.isStream(file) && !validation.isWritten(file) {
      guard let script = try? Script(file: file) else { return file }
      validation.read(script, inside: [], host.paths)
      if !validation.mistakes.isEmpty { return file }
    }
    return nil
  }
}

/// A walk through a script and those that it runs.
private struct Validation {
  var mistakes: [Diagnostic] = []
  /// Files that the lines before write.
  private var written: Set<String> = []
  /// Scripts that were read once; many lines may run the same one.
  private var seen: Set<String> = []

  init() {}

  /// Whether a line before writes this file.
  func isWritten(_ file: String) -> Bool { written.contains(file) }

  mutating func read(_ script: Script, inside scripts: [String], _ outer: PathResolver) {
    let scripts = scripts + (script.realFile.map { [$0] } ?? [])
    let paths = script.paths(from: outer)
    for entry in script.entries {
      do throws(Misread) {
        guard let statement = try Statement(entry.text) else { continue }
        if let run = statement.command as? Run { enter(run.file, script, entry, inside: scripts, paths) }
        written.formUnion(statement.written.compactMap { try? paths.path($0) })
      } catch { mistakes.append(script.placed(Diagnostic(script.explained(error, entry), line: entry.text), entry)) }
    }
  }

  private mutating func enter(
    _ name: String, _ script: Script, _ entry: Script.Entry, inside scripts: [String], _ paths: PathResolver
  ) {
    do throws(Refusal) {
      let path: String
      do throws(FileError) { path = try paths.path(name) } catch { throw Refusal(error) }
      guard !written.contains(path) else { return }
      // A pipe can be read only once, and that is when it is run.
      guard !FileReader.isStream(path) else { return }
      let inner = try Script(file: path)
      try inner.mayRun(inside: scripts)
      if seen.insert(inner.realFile ?? path).inserted { read(inner, inside: scripts, paths) }
    } catch { mistakes.append(script.placed(Diagnostic(error, line: entry.text), entry)) }
  }
}

extension Script {
  /// A mistake in a line that would be several commands at the prompt.
  fileprivate func explained(_ misread: Misread, _ entry: Entry) -> Misread {
    guard file != nil, CommandCutter.parts(entry.text, endsComments: false).count > 1 else { return misread }
    return Misread(
      misread.message, hint: "a line for each command: ; parts them only at the prompt and in -c", at: misread.span)
  }

  /// - Throws: `Refusal` when it would run itself, or scripts would stand too deep in each other.
  func mayRun(inside scripts: [String]) throws(Refusal) {
    if let realFile, scripts.contains(realFile) { throw .runsItself(name) }
    guard scripts.count < Script.deepest else { throw .tooDeep(name, Script.deepest) }
  }
}

extension Refusal {
  fileprivate static func runsItself(_ path: String) -> Refusal {
    Refusal("\(path) would run itself without end")
  }
  fileprivate static func tooDeep(_ path: String, _ deepest: Int) -> Refusal {
    Refusal("\(path) would be script number \(deepest + 1) inside another; at most \(deepest) are allowed")
  }
}
