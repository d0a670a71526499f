import Datasets
import Files
import Grammar

/// A script with what its commands printed below them, in comments that begin with `#|`.
struct RecordedScript {
  /// An entry of the script with the lines that it stands on, and what was recorded below it.
  struct Part {
    /// As they stand in the file, without line breaks.
    fileprivate(set) var lines: [String]
    fileprivate(set) var recorded: [String] = []
    let entry: Script.Entry

    var isCommand: Bool { !Script.isBlank(entry.text) }
  }

  let script: Script
  let parts: [Part]
  let tolerance: Tolerance
  private let lineBreak: String
  private let endsWithBreak: Bool

  /// - Throws: `Refusal` when it cannot be read, or states a tolerance that is none.
  init(file path: String) throws(Refusal) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.read(path, limit: Script.largest) } catch { throw Refusal(error) }
    script = try Script(name: path, bytes: bytes, file: path)
    let text = String(decoding: bytes, as: UTF8.self)
    lineBreak = text.contains("\r\n") ? "\r\n" : "\n"
    endsWithBreak = text.last?.isNewline ?? true
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    parts = RecordedScript.parts(script, lines)
    let head = parts.prefix { !$0.isCommand }.flatMap(\.lines)
    guard let tolerance = Tolerance(head: head) else {
      throw Refusal(
        "\(path): the tolerance is none; expected \"across machines\", \"printed digits\", a number or a percentage",
        hint: "# tolerance: across machines")
    }
    self.tolerance = tolerance
  }

  /// Gives each entry its lines, and the recorded ones behind them.
  private static func parts(_ script: Script, _ lines: [String]) -> [Part] {
    let entries = script.entries
    return entries.indices.map { index in
      let entry = entries[index]
      let first = entry.number - 1
      let count = entry.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
      let next = index + 1 < entries.count ? entries[index + 1].number - 1 : lines.count
      var part = Part(lines: Array(lines[first..<min(lines.count, first + count)]), entry: entry)
      part.recorded = lines[min(next, first + count)..<next].filter { $0.hasPrefix(Script.recorded) }.map(text)
      return part
    }
  }

  /// Without the mark and the blank behind it.
  private static func text(_ line: String) -> String {
    let text = line.dropFirst(Script.recorded.count)
    return String(text.first == " " ? text.dropFirst() : text)
  }

  /// Whether anything was recorded.
  var isRecorded: Bool { parts.contains { !$0.recorded.isEmpty } }

  /// The first published set that it loads and that is neither there nor may be fetched; nil when there is none.
  func lacking(in environment: [String: String]) -> String? {
    for part in parts {
      guard let statement = (try? Statement(part.entry.text)).flatMap({ $0 }), let load = statement.command as? Load,
        !load.source.isFound(in: environment)
      else { continue }
      return DataSources.catalogue.line(load.source)
    }
    return nil
  }

  /// The whole file with other outputs.
  /// - Parameter outputs: lines for each part.
  func bytes(_ outputs: [[String]]) -> [UInt8] {
    var lines: [String] = []
    for (part, output) in zip(parts, outputs) {
      lines += part.lines + output.map { $0.isEmpty ? Script.recorded : "\(Script.recorded) \($0)" }
    }
    // A script that ends in a line break has an empty entry at its end.
    let text = lines.joined(separator: lineBreak)
    let needsBreak = endsWithBreak ? !text.hasSuffix(lineBreak) : outputs.last?.isEmpty == false
    return Array((text + (needsBreak ? lineBreak : "")).utf8)
  }
}
