import Glibc

/// A file that could not be read or written: which one, what was wrong with it, and the system's reason.
public struct FileError: Error, Equatable, Sendable {
  /// What was wrong.
  public enum Kind: Equatable, Sendable {
    /// It could not be opened or read; `code` says why.
    case unreadable
    /// It could not be written or put in its place; `code` says why.
    case unwritable
    /// It is a folder, where a file was expected.
    case folder
    /// It is a device, a socket or a pipe, where a file was expected.
    case notAFile
    /// It is larger than was expected; `size` is nil where the end was not reached.
    case tooLarge(size: Int?, limit: Int)
    /// The name is empty.
    case unnamed
    /// The name begins with `~user`, and nobody is called so; nil where this person's home folder is unknown.
    case noHome(user: String?)
    /// Reading was given up, because somebody asked to stop.
    case stopped
  }

  /// The name as it was given.
  public let path: String
  public let kind: Kind
  /// The system's error number, 0 where the system had no part in it.
  public let code: Int32

  public init(_ path: String, _ kind: Kind, code: Int32 = 0) {
    (self.path, self.kind, self.code) = (path, kind, code)
  }

  /// One sentence without a full stop.
  public var message: String {
    switch kind {
    case .unreadable: "\(path) cannot be read: \(reason)"
    case .unwritable: "\(path) cannot be written: \(reason)"
    case .folder: "\(path) is a folder"
    case .notAFile: "\(path) is not a file"
    case .tooLarge(let size?, let limit): "\(path) has \(size) bytes; expected at most \(limit)"
    case .tooLarge(nil, let limit): "\(path) has more than \(limit) bytes; expected at most \(limit)"
    case .unnamed: "the file's name is empty"
    case .noHome(let user?): "\(path): nobody is called \(user) on this machine, so there is no home folder"
    case .noHome(nil): "\(path): this person's home folder is unknown, as HOME is not set"
    case .stopped: "\(path) was not read to its end"
    }
  }

  /// What the system says of `code`.
  public var reason: String { String(cString: strerror(code)) }
}
