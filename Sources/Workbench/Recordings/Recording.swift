import Files
import Grammar

/// What `sumi record` does with a file: replays it, and writes each command's output below it.
public struct Recording {
  public let commands: Int
  /// Why nothing was written; empty when all went well.
  public let mistakes: [Diagnostic]
  /// Whether it was stopped from the keyboard.
  public let wasInterrupted: Bool
  /// What keeps the recording from being the same again; nil where nothing does.
  public let warning: String?

  /// - Throws: `Refusal` when the file cannot be read or written.
  public init(file path: String, _ runner: Runner) throws(Refusal) {
    let script = try RecordedScript(file: path)
    let rehearsal = Rehearsal(script, runner)
    commands = script.parts.count { $0.isCommand }
    mistakes = rehearsal.diagnostics
    wasInterrupted = rehearsal.ending == .interrupted
    warning = rehearsal.drawnSeed.map {
      "no seed is fixed, so the next replay draws other numbers; to get these again begin with: seed \($0)"
    }
    guard mistakes.isEmpty, !wasInterrupted else { return }
    let outputs = rehearsal.outputs(script, matching: rehearsal.matches(script, within: .printed))
    do throws(FileError) { try FileWriter.replace(path, with: script.bytes(outputs)) } catch { throw Refusal(error) }
  }
}
