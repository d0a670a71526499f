import Files
import Glibc

/// Files and folders as candidates.
enum FileNames {
  /// More are not listed.
  private static let maximum = 1000

  /// Names that begin with `typed`; folders end in `/`.
  /// - Parameter endings: of the files that are wanted, without the dot; all when empty.
  static func candidates(_ typed: String, endings: [String], _ paths: PathResolver) -> [Candidate] {
    if typed == "~" { return [Candidate("~/", isWhole: false)] }
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let beginning = String(typed[(slash.map { typed.index(after: $0) } ?? typed.startIndex)...])
    guard let place = try? paths.path(folder) else { return [] }
    return names(in: place.isEmpty ? "." : place, beginning: beginning).compactMap { name in
      if isFolder(place + name) { return Candidate(folder + name + "/", shown: name + "/", isWhole: false) }
      guard endings.isEmpty || endings.contains(where: { name.hasSuffix(".\($0)") }) else { return nil }
      return Candidate(folder + name, shown: name)
    }
  }

  /// Names in order; those that begin with a dot only when it is typed, those that are not UTF-8 never.
  private static func names(in folder: String, beginning: String) -> [String] {
    let names = (Folders.names(in: folder) ?? []).lazy.filter { name in
      name.hasPrefix(beginning) && !(beginning.isEmpty && name.hasPrefix("."))
    }
    return names.prefix(maximum).sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
