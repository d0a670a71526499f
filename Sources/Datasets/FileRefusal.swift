import Files
import Grammar

extension Refusal {
  /// A file that could not be read or written, as a command tells of it.
  public init(_ error: FileError, hint: String? = nil) { self.init(error.message, hint: hint) }

  /// A file of another kind than was expected.
  /// - Parameter what: what was expected, after "no": `safetensors file`.
  public static func foreign(_ path: String, _ kind: FileKind, _ what: String) -> Refusal {
    Refusal("\(path) is no \(what) but \(kind.phrase)")
  }
}
