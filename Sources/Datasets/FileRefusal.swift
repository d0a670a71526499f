import Files
import Grammar

extension Refusal {
  /// A file that could not be read or written, as a command tells of it.
  public init(_ error: FileError, hint: String? = nil) { self.init(error.message, hint: hint) }
}
