import Files
import Glibc
import Grammar
import Pictures
import Workbench

extension Program {
  /// Seconds at each step of a talk that nobody steers.
  private static let unattended = 2.0

  /// Gives a talk, or records it where standard output is a file; the exit status.
  mutating func present(_ options: DemoOptions) -> Int32 {
    begin(isPrompted: true)
    defer { end() }
    do throws(Refusal) {
      let script = try Script(file: options.file)
      let mistakes = script.validate(runner.host)
      guard mistakes.isEmpty else {
        for mistake in mistakes.prefix(10) { for line in mistake.lines { screen.message(line.text) } }
        return Status.failed
      }
      if let path = options.notesFor { try Program.check(path, isNoneOf: [options.file]) }
      let speaker = try options.notesFor.map { (path) throws(Refusal) in try SpeakerNotes(path) }
      return try present(Talk(script), options, speaker)
    } catch {
      screen.message("error: \(error.message)" + (error.hint.map { "\n  try: \($0)" } ?? ""))
      return Status.failed
    }
  }

  private mutating func present(_ talk: Talk, _ options: DemoOptions, _ speaker: SpeakerNotes?) throws(Refusal) -> Int32
  {
    guard !talk.steps.isEmpty else { throw Refusal("\(options.file) has neither commands nor words to present") }
    let cast = isatty(1) == 1 ? nil : Cast(1, title: talk.headings.first?.title ?? options.file, startedAt: time(nil))
    if let cast { Stream.record(to: cast) }
    let isSteered = isatty(0) == 1 && cast == nil
    if isSteered { screen.ownKeys() }
    let history = History(folder: Folders(environment: environment).state)
    let editor = isSteered ? LineEditor(screen: screen, history: history, keyboard: keyboard) : nil
    let pace = Pace(
      keyboard: keyboard, cast: cast, auto: options.auto ?? (isSteered ? nil : Program.unattended),
      speed: options.speed)
    var presenter = Presenter(talk, runner, screen, editor, pace, speaker: speaker, showsNotes: options.notes)
    let status = presenter.run()
    guard let failure = cast?.failure else { return status }
    Stream.endRecording()
    if let complaint = Stream.complaint(failure) { Stream(2).write(complaint) }
    return Status.failed
  }

  /// A recording is played on terminals that nobody can ask what they show.
  static var talkSettings: Settings {
    var settings = Settings()
    if isatty(1) == 0 { (settings.pictures, settings.theme) = (.blocks, .dark) }
    return settings
  }
}
