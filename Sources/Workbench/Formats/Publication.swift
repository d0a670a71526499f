import Files
import Grammar

/// What `sumi publish` makes of a script: replayed, and written as a page or a notebook.
public struct Publication {
  /// What a script can be published as.
  public static let endings = SessionFormats.endings.filter { $0 != ScriptFormat.endings[0] }
  /// What every published file says of itself: it can be made again, so another may take its place.
  static let mark = "made by sumi publish"
  /// Larger files are none that were published.
  private static let largest = 1 << 30

  /// The file that was written.
  public let path: String
  /// Why nothing was written; empty when all went well.
  public let mistakes: [Diagnostic]
  public let wasInterrupted: Bool

  /// - Parameters:
  ///   - ending: how the new file's name ends, which chooses its form.
  ///   - path: where it goes; beside the script when nil.
  ///   - isForced: whether it may take the place of a file that was not published.
  /// - Throws: `Refusal` when the script cannot be read, or the page not be written.
  public init(
    file: String, as ending: String, to path: String?, isForced: Bool = false, _ runner: Runner
  ) throws(Refusal) {
    var runner = runner
    let script = try Script(file: file)
    self.path = path ?? FileEnding.replaced(file, by: ending)
    // Before anything runs, as it may run for hours.
    let format = try Publication.format(of: self.path, as: ending, file)
    try Publication.check(self.path, from: file, as: ending, isForced: isForced)
    let collector = Collector()
    runner.observers.append(collector)
    let found = script.validate(runner.host)
    let end = found.isEmpty ? runner.run(script) : .diagnostic
    mistakes = found + collector.diagnostics
    wasInterrupted = end == .interrupted || runner.host.isStopRequested()
    guard mistakes.isEmpty, !wasInterrupted else { return }
    let bytes = try format.bytes(runner.session, at: self.path, mark: Publication.mark)
    do throws(FileError) { try FileWriter.replace(self.path, with: bytes) } catch { throw Refusal(error) }
  }

  /// The form of the ending.
  /// - Throws: `Refusal` when the file's own ending is of another.
  private static func format(of path: String, as ending: String, _ file: String) throws(Refusal) -> any SessionFormat {
    let wanted = SessionFormats.format(of: "page.\(ending)")
    guard let wanted, let format = SessionFormats.format(of: path), type(of: format.format) == type(of: wanted.format)
    else {
      throw Refusal(
        "\(path) does not end as --to \(ending) does; the ending says what a file is",
        hint: "sumi publish \(file) --to \(ending) -o \(FileEnding.replaced(path, by: ending))")
    }
    return format.format
  }

  /// - Throws: `Refusal` when the file is the script itself, cannot be written, or is another's work.
  private static func check(_ path: String, from file: String, as ending: String, isForced: Bool) throws(Refusal) {
    if let real = PathResolver.real(path) {
      guard real != PathResolver.real(file) else {
        throw Refusal(
          "\(path) is what is to be published, and would be lost",
          hint: "sumi publish \(file) --to \(ending) -o \(FileEnding.base(of: path))-published.\(ending)")
      }
      guard isForced || isPublished(path) else {
        throw Refusal(
          "\(path) is there already, and sumi publish did not make it",
          hint: "sumi publish \(file) --to \(ending) -o \(path) --force")
      }
    }
    do throws(FileError) { try FileWriter.tryOut(path) } catch { throw Refusal(error) }
  }

  private static func isPublished(_ path: String) -> Bool {
    guard let bytes = try? FileReader.read(path, limit: largest) else { return false }
    return String(decoding: bytes, as: UTF8.self).contains(mark)
  }

  private final class Collector: RunObserver {
    private(set) var diagnostics: [Diagnostic] = []

    func didRun(_ outcome: Outcome, _ session: Session) {
      if let diagnostic = outcome.diagnostic, !outcome.wasTold { diagnostics.append(diagnostic) }
    }
  }
}
