import Datasets
import Files
import Grammar

/// Files that a line names; the one place where such names become paths.
extension Host {
  /// - Throws: `Refusal` when `~` stands for a home folder that nobody knows.
  func path(_ name: String) throws(Refusal) -> String {
    do throws(FileError) { return try paths.path(name) } catch { throw Refusal(error) }
  }

  /// The bytes of a file, at most `limit`.
  /// - Parameters:
  ///   - kinds: what it may be; a file of another known kind is called what it is.
  ///   - what: what is expected, after "no": `safetensors file`.
  func read(_ path: String, limit: Int, as kinds: FileKind..., what: String) throws(Refusal) -> [UInt8] {
    if let kind = FileReader.kind(of: path), !kinds.contains(kind) { throw .foreign(path, kind, what) }
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.read(path, limit: limit) } catch { throw Refusal(error) }
    knownFiles.note(path)
    return bytes
  }

  /// Notes the files that a command takes data from.
  func noteSources(of command: any Command) { sources(of: command).forEach(knownFiles.noteSource) }

  /// The files that a command takes data from; those of names that are no paths are none.
  func sources(of command: any Command) -> [String] {
    type(of: command).readsData ? command.inputs.compactMap { try? path($0) } : []
  }

  /// Puts bytes in a file's place, whole or not at all.
  func replace(_ path: String, with bytes: [UInt8]) throws(Refusal) {
    try replace(path) { (take) throws(FileError) in
      try FileWriter.pass(bytes, to: take)
    }
  }

  private func replace(_ path: String, _ write: (FileWriter.Sink) throws(FileError) -> Void) throws(Refusal) {
    do throws(FileError) { try FileWriter.replace(path, write) } catch { throw Refusal(error) }
    knownFiles.note(path)
  }

  /// Writes a person's work: a file that this program neither made nor read is replaced only when that is forced.
  /// - Parameter command: what stands before the name in a line, for the one that forces it.
  func save(_ name: String, isForced: Bool, command: String, _ bytes: [UInt8]) throws(Refusal) -> String {
    try save(name, isForced: isForced, command: command) { (take) throws(FileError) in
      try FileWriter.pass(bytes, to: take)
    }
  }

  /// The same of what is written piece by piece.
  func save(
    _ name: String, isForced: Bool, command: String, _ write: (FileWriter.Sink) throws(FileError) -> Void
  ) throws(Refusal) -> String {
    let path = try path(name)
    if !isForced { try checkReplacing(path, name, command: command) }
    try replace(path, write)
    return path
  }

  /// - Parameters:
  ///   - path: the file that is to be written, which may be one beside `name`.
  ///   - name: what was typed behind `command`.
  /// - Throws: `Refusal` when the file is not to be replaced without a word, with the line to type next.
  func checkReplacing(_ path: String, _ name: String, command: String) throws(Refusal) {
    func line(_ name: String) -> String { "\(command) \(ArgumentType<String>.quote(name))" }
    try knownFiles.checkReplacing(path, again: line(name) + " force=yes", beside: line(try free(name)))
  }

  /// A name like this one that no file has: `iris-2.csv`.
  private func free(_ name: String) throws(Refusal) -> String {
    let ending = FileEnding.of(name).map { name.suffix($0.count + 1) } ?? ""
    var number = 2
    while true {
      let other = "\(name.dropLast(ending.count))-\(number)\(ending)"
      if FileStamp(try path(other)) == nil { return other }
      number += 1
    }
  }
}
