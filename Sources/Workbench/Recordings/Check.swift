import Files
import Grammar
import Pictures

/// What `sumi check` finds in a file: replayed, each command's output held against the recorded one.
public struct Check: Sendable {
  /// A command that printed something else.
  public struct Difference: Sendable {
    /// `session.sumi:12`
    public let place: String
    public let command: String
    public let recorded: [String]
    public let received: [String]
  }

  public let file: String
  public let commands: Int
  public let differences: [Difference]
  /// Why it did not run to its end.
  public let mistakes: [Diagnostic]
  public let wasInterrupted: Bool
  /// Whether there was anything to compare.
  public let isRecorded: Bool
  public let seconds: Double
  /// The published data set that it loads and that is neither on this machine nor may be fetched, so that nothing ran;
  /// nil otherwise.
  public let lacking: String?
  /// The file as it would be with what was printed now; nil when it did not run to its end.
  private let updated: [UInt8]?

  /// Whether nothing speaks against it, be it that nothing ran.
  public var passes: Bool { differences.isEmpty && mistakes.isEmpty && !wasInterrupted }

  /// - Throws: `Refusal` when the file cannot be read.
  public init(file path: String, _ runner: Runner) throws(Refusal) {
    let script = try RecordedScript(file: path)
    (file, isRecorded) = (path, script.isRecorded)
    commands = script.parts.count { $0.isCommand }
    lacking = script.lacking(in: runner.host.environment)
    guard lacking == nil else {
      (differences, mistakes, wasInterrupted, seconds, updated) = ([], [], false, 0, nil)
      return
    }
    let rehearsal = Rehearsal(script, runner)
    (mistakes, wasInterrupted) = (rehearsal.diagnostics, rehearsal.ending == .interrupted)
    seconds = rehearsal.seconds.reduce(0, +)
    let ran = mistakes.isEmpty && !wasInterrupted
    let matches = ran ? rehearsal.matches(script, within: script.tolerance) : []
    updated = ran ? script.bytes(rehearsal.outputs(script, matching: matches)) : nil
    differences = script.isRecorded ? Check.differences(script, rehearsal.printouts, matches) : []
  }

  private static func differences(
    _ script: RecordedScript, _ printouts: [Printout], _ matches: [Bool]
  ) -> [Difference] {
    matches.indices.filter { !matches[$0] }.map { index in
      let part = script.parts[index]
      return Difference(
        place: "\(script.script.name):\(part.entry.number)", command: part.entry.text, recorded: part.recorded,
        received: printouts[index].lines)
    }
  }

  /// Writes what was printed now into the file.
  /// - Throws: `Refusal` when it cannot be written.
  public func update() throws(Refusal) {
    guard let updated else { return }
    do throws(FileError) { try FileWriter.replace(file, with: updated) } catch { throw Refusal(error) }
  }
}

extension Check.Difference {
  /// Lines of a difference that are shown at most.
  private static let longest = 40

  /// The place, the command, and what was recorded and what was printed where they are not the same.
  public var lines: [Line] {
    let start = zip(recorded, received).prefix { $0 == $1 }.count
    let end = zip(recorded.reversed(), received.reversed()).prefix { $0 == $1 }.count
    let kept = min(end, min(recorded.count, received.count) - start)
    let (old, new) = (recorded[start..<recorded.count - kept], received[start..<received.count - kept])
    let head = [Line("\(place): ") + Line("> ", .dim) + Line(command, .bold)]
    return head + part(old, "-", .red) + part(new, "+", .green)
  }

  private func part(_ lines: ArraySlice<String>, _ sign: String, _ colour: Style.Colour) -> [Line] {
    let more = lines.count > Self.longest ? [Line("    and \(lines.count - Self.longest) lines more", .dim)] : []
    return lines.prefix(Self.longest).map { Line("  \(sign) \($0)", Style(colour)) } + more
  }

  var json: JSON {
    .object([
      ("place", .text(place)), ("command", .text(command)), ("recorded", .list(recorded.map(JSON.text))),
      ("received", .list(received.map(JSON.text))),
    ])
  }
}
