import Datasets
import Files
import Grammar
import Interchange

/// A program in Python with the files beside it that it reads.
struct ProgramFiles {
  static let ending = "py"

  /// The program's own name, as it was typed.
  let file: String

  static func isProgram(_ file: String) -> Bool { FileEnding.of(file) == ending }

  /// Every file that may be written.
  var written: [String] {
    [file, SidecarNames.first(.examples, for: file), SidecarNames.first(.weights, for: file)]
  }

  /// - Parameter line: the line that saves as another file.
  /// - Throws: `Refusal` when Python would take the program for a module that programs import.
  func checkName(_ line: (_ file: String) -> String?) throws(Refusal) {
    let (name, module) = (ProgramFiles.name(file), FileEnding.base(of: file))
    guard PythonModules.names.contains(module) else { return }
    throw Refusal(
      "\(name) would take the place of Python's module \(module) in every program of its folder",
      hint: line("\(file.dropLast(name.count))my_\(name)"))
  }

  /// A program that does what the session did.
  /// - Returns: the files that were written, the program first, and the lines that it leaves out.
  /// - Throws: `Refusal`, also where weights are to take the place of training in a program without the network.
  func save(
    _ session: Session, for library: ProgramLibrary, withWeights: Bool, isForced: Bool, _ host: Host
  ) throws(Refusal) -> (paths: [String], omissions: [(line: String, reason: String)]) {
    let names = try SidecarNames(for: file, session, host)
    var steps = try SessionSteps(session, beside: file, names, host)
    guard steps.isShown || !withWeights else { throw .noNetwork(file) }
    let weights = withWeights ? try steps.names.next(.weights) : nil
    let program = SessionProgram(parts: steps.parts, weights: weights.map(ProgramFiles.name))
    let bytes = try library.bytes(program)
    var beside: [(String, [UInt8])] = []
    for (name, dataset) in steps.archives { beside.append((name, try NPZWriter.bytes(dataset.asNumbers()))) }
    if let weights { beside.append((weights, try WeightArchive.bytes(try session.built()))) }
    return (try write(bytes, beside, command: "save session", isForced: isForced, host), program.omissions)
  }

  /// A program that makes the network, with what `compile` chose.
  /// - Returns: the files that were written, the program first.
  func save(
    model session: Session, for library: ProgramLibrary, withWeights: Bool, isForced: Bool, _ host: Host
  ) throws(Refusal) -> [String] {
    let network = try session.built()
    var names = try SidecarNames(for: file, session, host)
    let weights = withWeights ? try names.next(.weights) : nil
    let bytes = try library.bytes(
      network, session.trainer, try session.loaded().targets, weights: weights.map(ProgramFiles.name))
    let beside = try weights.map { (name) throws(Refusal) in [(name, try WeightArchive.bytes(network))] } ?? []
    return try write(bytes, beside, command: "save model", isForced: isForced, host)
  }

  /// The program comes last, when what it reads is there.
  private func write(
    _ program: [UInt8], _ beside: [(name: String, bytes: [UInt8])], command: String, isForced: Bool, _ host: Host
  ) throws(Refusal) -> [String] {
    // Before anything is written, as a program without what it reads is of no use, nor that without a program.
    let parts = beside + [(file, program)]
    for part in parts {
      let path = try host.path(part.name)
      if !isForced { try host.checkReplacing(path, file, command: command) }
      do throws(FileError) { try FileWriter.tryOut(path) } catch { throw Refusal(error) }
    }
    var paths: [String] = []
    for part in parts {
      paths.insert(try host.save(part.name, isForced: true, command: command, part.bytes), at: 0)
    }
    return paths
  }

  // MARK: Paths

  /// A path without links in its folder, whether the file is there or not.
  static func real(_ path: String) -> String {
    let folder = PathResolver.folder(of: path)
    return "\(PathResolver.real(folder) ?? folder)/\(name(path))".replacing("//", with: "/")
  }

  /// How a program finds a file: beside it, else by its whole path, as nobody knows where the program will be run.
  static func place(_ path: String, beside program: String) -> String {
    let (real, folder) = (real(path), PathResolver.real(PathResolver.folder(of: program)) ?? "")
    let beside = folder.hasSuffix("/") ? folder : folder + "/"
    return real.hasPrefix(beside) ? String(real.dropFirst(beside.count)) : real
  }

  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension Refusal {
  fileprivate static func noNetwork(_ file: String) -> Refusal {
    Refusal(
      "weights=yes is for a network that the program makes, and \(file) makes it where it is compiled",
      hint: "compile adam")
  }
}

extension Parameter where Value == ProgramLibrary {
  /// `to=`, for what is saved as a program.
  static var library: Parameter {
    .named("to", .choice("library", help: \.help), default: .keras, "which library a .py is for")
  }
}
