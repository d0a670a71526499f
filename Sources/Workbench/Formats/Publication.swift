import Files
import Grammar

/// What `sumi publish` makes of a script: replayed, and written as a page or a notebook.
public struct Publication {
  /// What a script can be published as.
  public static let endings = SessionFormats.endings.filter { $0 != ScriptFormat.endings[0] }

  /// The file that was written.
  public let path: String
  /// Why nothing was written; empty when all went well.
  public let mistakes: [Diagnostic]
  public let wasInterrupted: Bool

  /// - Parameters:
  ///   - ending: how the new file's name ends, which chooses its form.
  ///   - path: where it goes; beside the script when nil.
  /// - Throws: `Refusal` when the script cannot be read, or the page not be written.
  public init(file: String, as ending: String, to path: String?, _ runner: Runner) throws(Refusal) {
    var runner = runner
    let script = try Script(file: file)
    self.path = path ?? FileEnding.replaced(file, by: ending)
    let collector = Collector()
    runner.observers.append(collector)
    let found = script.validate(runner.host)
    let end = found.isEmpty ? runner.run(script) : .diagnostic
    mistakes = found + collector.diagnostics
    wasInterrupted = end == .interrupted || runner.host.isStopRequested()
    guard mistakes.isEmpty, !wasInterrupted else { return }
    guard let format = SessionFormats.format(of: self.path)?.format else {
      let endings = Publication.endings.map { ".\($0)" }.joined(separator: ", ")
      throw Refusal("no page's file ends as \(self.path) does; expected \(endings)")
    }
    let bytes = try format.bytes(runner.session, at: self.path)
    do throws(FileError) { try FileWriter.replace(self.path, with: bytes) } catch { throw Refusal(error) }
  }

  private final class Collector: RunObserver {
    private(set) var diagnostics: [Diagnostic] = []

    func didRun(_ outcome: Outcome, _ session: Session) {
      if let diagnostic = outcome.diagnostic, !outcome.wasTold { diagnostics.append(diagnostic) }
    }
  }
}
