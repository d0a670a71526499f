import Datasets
import Grammar
import Interchange

/// A program in Python with the files beside it that it reads.
struct ProgramFiles {
  static let ending = "py"

  /// The program's own name, as it was typed.
  let file: String

  /// What its examples are called beside it.
  private var archive: String { FileEnding.replaced(file, by: "npz") }
  /// What the weights are called beside it.
  private var weights: String { FileEnding.replaced(file, by: "weights.npz") }

  static func isProgram(_ file: String) -> Bool { FileEnding.of(file) == ending }

  /// Every file that may be written.
  var written: [String] { [file, archive, weights] }

  /// A program that does what the session did.
  /// - Returns: the files that were written, the program first, and the lines that it leaves out.
  func save(
    _ session: Session, for library: ProgramLibrary, withWeights: Bool, isForced: Bool, _ host: Host
  ) throws(Refusal) -> (paths: [String], omissions: [(line: String, reason: String)]) {
    let folder = ProgramFiles.folder(of: try host.path(file))
    let steps = try SessionSteps(session, archive: ProgramFiles.name(archive)) { (name) throws(Refusal) in
      let path = try host.path(name)
      return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    }
    let program = SessionProgram(parts: steps.parts, weights: withWeights ? ProgramFiles.name(weights) : nil)
    let bytes = try library.bytes(program)
    var beside: [(String, [UInt8])] = []
    if steps.needsArchive { beside.append((archive, try NPZWriter.bytes(try session.loaded().asNumbers()))) }
    if withWeights { beside.append((weights, try WeightArchive.bytes(try session.built()))) }
    return (try write(bytes, beside, command: "save session", isForced: isForced, host), program.omissions)
  }

  /// A program that makes the network, with what `compile` chose.
  /// - Returns: the files that were written, the program first.
  func save(
    model session: Session, for library: ProgramLibrary, withWeights: Bool, isForced: Bool, _ host: Host
  ) throws(Refusal) -> [String] {
    let network = try session.built()
    let bytes = try library.bytes(
      network, session.trainer, try session.loaded().targets, weights: withWeights ? ProgramFiles.name(weights) : nil)
    let beside = withWeights ? [(weights, try WeightArchive.bytes(network))] : []
    return try write(bytes, beside, command: "save model", isForced: isForced, host)
  }

  /// The program comes last, when what it reads is there.
  private func write(
    _ program: [UInt8], _ beside: [(name: String, bytes: [UInt8])], command: String, isForced: Bool, _ host: Host
  ) throws(Refusal) -> [String] {
    // Before anything is written, as a program without what it reads is of no use.
    let again = "\(command) \(ArgumentType<String>.quote(file)) force=yes"
    let parts = beside + [(file, program)]
    for part in parts where !isForced {
      try host.knownFiles.checkReplacing(try host.path(part.name), again: again)
    }
    var paths: [String] = []
    for part in parts {
      paths.insert(try host.save(part.name, isForced: true, command: command, part.bytes), at: 0)
    }
    return paths
  }

  /// With its slash.
  private static func folder(of path: String) -> String { String(path.prefix(path.count - name(path).count)) }

  private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension Parameter where Value == ProgramLibrary {
  /// `to=`, for what is saved as a program.
  static var library: Parameter {
    .named("to", .choice("library", help: \.help), default: .keras, "which library a .py is for")
  }
}
