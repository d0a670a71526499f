import Glibc

/// Where the program keeps what is a person's own, after the XDG base directory specification.
public struct Folders: Sendable {
  public let environment: [String: String]

  public init(environment: [String: String]) { self.environment = environment }

  /// Settings that run at the start: `~/.config/sumi/init.sumi`; nil without a home.
  public var initFile: String? { folder("XDG_CONFIG_HOME", "/.config").map { $0 + "/init.sumi" } }

  /// What outlives a session: `~/.local/state/sumi`; nil without a home.
  public var state: String? { folder("XDG_STATE_HOME", "/.local/state") }

  /// What can be had again: `~/.cache/sumi`; nil without a home.
  public var cache: String? { folder("XDG_CACHE_HOME", "/.cache") }

  /// A relative path is ignored, as the specification has it.
  private func folder(_ variable: String, _ standard: String) -> String? {
    if let path = environment[variable], path.hasPrefix("/") { return path + "/sumi" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + standard + "/sumi"
  }

  /// The names of what is in a folder, without `.` and `..`, in any order; nil when it cannot be listed.
  public static func names(in path: String) -> [String]? {
    guard let stream = opendir(path) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(validatingCString: $0) }
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Makes a folder and those above it, for this person alone.
  /// - Throws: `FileError` of the one that cannot be made.
  public static func make(_ path: String) throws(FileError) {
    var made = ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if mkdir(made, 0o700) != 0, errno != EEXIST { throw FileError(made, .unwritable, code: errno) }
    }
  }
}
