import Glibc

/// Where the program keeps what is a person's own, after the XDG base directory specification.
struct Folders {
  let environment: [String: String]

  /// Settings that run at the start: `~/.config/sumi/init.sumi`; nil without a home.
  var initFile: String? { folder("XDG_CONFIG_HOME", "/.config").map { $0 + "/init.sumi" } }

  /// What outlives a session: `~/.local/state/sumi`; nil without a home.
  var state: String? { folder("XDG_STATE_HOME", "/.local/state") }

  /// A relative path is ignored, as the specification has it.
  private func folder(_ variable: String, _ usual: String) -> String? {
    if let path = environment[variable], path.hasPrefix("/") { return path + "/sumi" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + usual + "/sumi"
  }

  /// Makes a folder and those above it, for this person alone; the error's number when it fails.
  static func make(_ path: String) -> Int32? {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o700) != 0, errno != EEXIST { return errno }
    }
    return nil
  }
}
