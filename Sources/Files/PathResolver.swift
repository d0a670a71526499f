import Glibc

/// Turns names of files as a person types them into paths: `~` is the home folder, and other relative names are beside
/// the script that holds the line, at the prompt in the working folder.
public struct PathResolver: Equatable, Sendable {
  /// The folder that relative names are in; nil for the working folder.
  public let folder: String?
  /// The process's environment variable `HOME`.
  private let home: String?

  public init(environment: [String: String] = [:]) {
    self.init(folder: nil, home: environment["HOME"].flatMap { $0.isEmpty ? nil : $0 })
  }

  private init(folder: String?, home: String?) { (self.folder, self.home) = (folder, home) }

  /// The same for the lines of a script, which is a path already. A pipe has no place that files could be beside.
  public func beside(script path: String) -> PathResolver {
    var status = stat()
    guard stat(path, &status) == 0, status.isFile, lstat(path, &status) == 0 else { return self }
    // A link to a script stands for the script, and its files are beside that.
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    let folder = PathResolver.folder(of: isLink ? PathResolver.real(path) ?? path : path)
    return PathResolver(folder: folder == "." ? nil : folder, home: home)
  }

  /// The path of a name.
  /// - Throws: `FileError` when `~` stands for a home folder that nobody knows.
  public func path(_ name: String) throws(FileError) -> String {
    if name.hasPrefix("~") { return try expanded(name) }
    guard let folder, !name.isEmpty, !name.hasPrefix("/") else { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// `~/x` and `~user/x` with the home folder in front.
  private func expanded(_ name: String) throws(FileError) -> String {
    let end = name.firstIndex(of: "/") ?? name.endIndex
    let user = String(name[..<end].dropFirst())
    guard let home = user.isEmpty ? home ?? PathResolver.home(of: nil) : PathResolver.home(of: user) else {
      throw FileError(name, .noHome(user: user.isEmpty ? nil : user))
    }
    return home + name[end...]
  }

  /// The home folder of a user in the system's list, of the one who runs the program when nil.
  private static func home(of user: String?) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65_536) { buffer in
      var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
      guard let start = buffer.baseAddress else { return nil }
      let code = user.map { getpwnam_r($0, &entry, start, buffer.count, &found) }
        ?? getpwuid_r(getuid(), &entry, start, buffer.count, &found)
      guard code == 0, found != nil, let folder = entry.pw_dir else { return nil }
      return String(cString: folder)
    }
  }

  /// The folder of a path; `.` when it names none.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path without links and without `.` and `..`; nil when there is no such file.
  public static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
