import Files
import Glibc
import Grammar
import Pictures
import Workbench

extension Program {
  /// Records scripts; the exit status.
  mutating func record(_ options: RecordOptions) -> Int32 {
    Interrupt.install()
    watch()
    for file in options.files {
      do throws(Refusal) {
        let recording = try Recording(file: file, runner)
        if recording.wasInterrupted { return interrupted(file) }
        guard recording.mistakes.isEmpty else { return failed(recording.mistakes, "\(file) was not changed") }
        screen.say("\(file): \(counted(recording.commands, "command")) recorded")
        if let warning = recording.warning { screen.say(Line("\(file): \(warning)")) }
      } catch { return failed([Diagnostic(error)], nil) }
    }
    return Status.fine
  }

  /// Checks recorded scripts; the exit status.
  mutating func check(_ options: CheckOptions) -> Int32 {
    Interrupt.install()
    watch()
    var checks: [Check] = []
    do throws(Refusal) {
      if let report = options.junit { try Program.check(report, isNoneOf: options.files) }
      for file in options.files {
        let check = try Check(file: file, runner)
        checks.append(check)
        tell(check, options)
        if check.wasInterrupted { return interrupted(file) }
        if options.update, !check.differences.isEmpty {
          try check.update()
          screen.say("\(file): updated")
        }
      }
      if let path = options.junit {
        do throws(FileError) { try FileWriter.replace(path, with: Array(Check.junit(checks).utf8)) } catch {
          throw Refusal(error)
        }
      }
    } catch { return failed([Diagnostic(error)], nil) }
    let isFine = checks.allSatisfy { $0.passes || (options.update && $0.mistakes.isEmpty) }
    return isFine ? Status.fine : Status.failed
  }

  /// - Throws: `Refusal` when what is to be written is a script that is to be read.
  static func check(_ path: String, isNoneOf scripts: [String]) throws(Refusal) {
    guard let real = PathResolver.real(path), scripts.contains(where: { PathResolver.real($0) == real }) else { return }
    throw Refusal("\(path) is the script itself, and would be lost")
  }

  /// Publishes a script; the exit status.
  mutating func publish(_ options: PublishOptions) -> Int32 {
    Interrupt.install()
    watch()
    do throws(Refusal) {
      let publication = try Publication(
        file: options.file, as: options.to, to: options.output, isForced: options.force, runner)
      if publication.wasInterrupted { return interrupted(options.file) }
      guard publication.mistakes.isEmpty else { return failed(publication.mistakes, "nothing was written") }
      screen.say(Line("written to \(publication.path)"))
      return Status.fine
    } catch { return failed([Diagnostic(error)], nil) }
  }

  private func tell(_ check: Check, _ options: CheckOptions) {
    if options.json { return screen.result(check.json.text) }
    if let lacking = check.lacking {
      let why = ": \(lacking) is not on this machine, and nothing is fetched"
      return screen.say(Line("skipped", Style(.yellow)) + Line("  \(check.file)") + Line(why))
    }
    for line in check.mistakes.flatMap(\.lines) + check.differences.flatMap(\.lines) { screen.show(line) }
    let verdict = check.passes ? Line("ok", Style(.green)) : Line("failed", Style(.red, isBold: true))
    let what =
      check.isRecorded
      ? counted(check.commands, "command")
        + (check.differences.isEmpty ? "" : ", \(counted(check.differences.count, "difference"))")
      : "\(counted(check.commands, "command")) ran; nothing is recorded, sumi record \(check.file) does that"
    screen.say(verdict + Line("  \(check.file): \(what), \(duration(check.seconds))"))
  }

  /// Only the progress of training is shown.
  private mutating func watch() {
    runner.observers = runner.observers.filter { $0 is Progress && screen.canRedraw || $0 is InterruptWatch }
  }

  private func interrupted(_ file: String) -> Int32 {
    screen.message("\(file): stopped; nothing was changed")
    return Interrupt.isEnding ? 128 + Interrupt.signal : Status.interrupted
  }

  private func failed(_ mistakes: [Diagnostic], _ note: String?) -> Int32 {
    for line in mistakes.prefix(10).flatMap(\.lines) { screen.show(line) }
    if let note { screen.message(note) }
    return Status.failed
  }
}
