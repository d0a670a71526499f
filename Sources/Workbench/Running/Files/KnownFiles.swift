import Files
import Grammar

/// Files that were read or written since the program began, each as it was then. Only these are replaced by `save`
/// without a word; what is another's work is not.
public final class KnownFiles {
  private var stamps: [String: FileStamp] = [:]

  public init() {}

  /// Notes that a file was read or written now.
  func note(_ path: String) {
    if let real = PathResolver.real(path) { stamps[real] = FileStamp(real) }
  }

  /// - Parameter again: the line that replaces the file all the same.
  /// - Throws: `Refusal` when a file is there that this program neither made nor read, or that was changed since.
  func checkReplacing(_ path: String, again: String) throws(Refusal) {
    guard let real = PathResolver.real(path), let stamp = FileStamp(real) else { return }
    guard let known = stamps[real] else { throw .foreign(path, again) }
    guard known == stamp else { throw .changed(path, again) }
  }
}

extension Refusal {
  fileprivate static func foreign(_ path: String, _ again: String) -> Refusal {
    Refusal("\(path) is there already, and this session neither made nor read it", hint: again)
  }
  fileprivate static func changed(_ path: String, _ again: String) -> Refusal {
    Refusal("\(path) has changed since this session made or read it", hint: again)
  }
}
