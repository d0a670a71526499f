import Files
import Grammar

/// Files that were read or written since the program began, each as it was then. Only these are replaced by `save`
/// without a word; what is another's work is not, nor the data that a session comes of.
public final class KnownFiles {
  private var stamps: [String: FileStamp] = [:]
  /// Where data came from, without links.
  private var sources: Set<String> = []

  public init() {}

  /// Notes that a file was read or written now.
  func note(_ path: String) {
    if let real = PathResolver.real(path) { stamps[real] = FileStamp(real) }
  }

  /// Notes that a session's data came from a file.
  func noteSource(_ path: String) {
    if let real = PathResolver.real(path) { sources.insert(real) }
  }

  /// - Parameter own: files that the line itself takes data from.
  /// - Throws: `Refusal` when the session's data came from the file, or the line's do.
  func checkResult(_ path: String, besides own: [String]) throws(Refusal) {
    guard let real = PathResolver.real(path) else { return }
    if sources.contains(real) || own.contains(where: { PathResolver.real($0) == real }) { throw .source(path, nil) }
  }

  /// - Parameters:
  ///   - again: the line that replaces the file all the same.
  ///   - beside: the line that writes another one, as what the session's data come from is not to be lost by the way.
  /// - Throws: `Refusal` when a file is there that this program neither made nor read, or that was changed since.
  func checkReplacing(_ path: String, again: String, beside: String) throws(Refusal) {
    guard let real = PathResolver.real(path), let stamp = FileStamp(real) else { return }
    if sources.contains(real) { throw .source(path, beside) }
    guard let known = stamps[real] else { throw .foreign(path, again) }
    guard known == stamp else { throw .changed(path, again) }
  }
}

extension Refusal {
  fileprivate static func source(_ path: String, _ beside: String?) -> Refusal {
    Refusal("this session has its data from \(path) and could not read them again; choose another name", hint: beside)
  }
  fileprivate static func foreign(_ path: String, _ again: String) -> Refusal {
    Refusal("\(path) is there already, and this session neither made nor read it", hint: again)
  }
  fileprivate static func changed(_ path: String, _ again: String) -> Refusal {
    Refusal("\(path) has changed since this session made or read it", hint: again)
  }
}
