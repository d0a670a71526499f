import Datasets
import Files
import Grammar

/// Names for the files that a program reads beside it; none is one that the session reads itself.
struct SidecarNames {
  /// What is in a file.
  enum Content {
    case examples, weights

    /// `work.npz`, and where that is another's `work.data.npz`, `work.data2.npz` and so on.
    fileprivate func ending(_ number: Int) -> String {
      let suffix = number < 2 ? "" : "\(number)"
      return switch self {
      case .examples: number == 0 ? "npz" : "data\(suffix).npz"
      case .weights: number == 0 ? "weights.npz" : "weights\(number + 1).npz"
      }
    }
  }

  private let program: String
  private let host: Host
  /// Files that are the session's, or have been named, as they really are.
  private var taken: Set<String>

  init(for program: String, _ session: Session, _ host: Host) throws(Refusal) {
    (self.program, self.host, taken) = (program, host, [])
    for cell in session.cells {
      for name in (try? Statement(cell.line))?.command.inputs ?? [] {
        taken.formUnion(SidecarNames.places(try host.ofCells.path(name)))
      }
    }
  }

  /// The next name, as it would be typed.
  mutating func next(_ content: Content) throws(Refusal) -> String {
    var number = 0
    while true {
      let name = FileEnding.replaced(program, by: content.ending(number))
      let path = try host.path(name)
      if !isOther(path, content), taken.isDisjoint(with: SidecarNames.places(path)) {
        taken.formUnion(SidecarNames.places(path))
        return name
      }
      number += 1
    }
  }

  /// A file's own path, and where it leads to when it is a link.
  private static func places(_ path: String) -> [String] {
    [ProgramFiles.real(path)] + (PathResolver.real(path).map { [$0] } ?? [])
  }

  /// The name that comes first, whoever's it is.
  static func first(_ content: Content, for program: String) -> String {
    FileEnding.replaced(program, by: content.ending(0))
  }

  /// Whether an archive is there that holds something else, as weights that were saved by themselves.
  private func isOther(_ path: String, _ content: Content) -> Bool {
    guard FileReader.kind(of: path) == .npz, let archive = try? NPZ(path) else { return false }
    return archive.names.contains("x_train") != (content == .examples)
  }
}

extension Host {
  /// The same for the lines of cells, which are as they would be typed in the working folder.
  var ofCells: Host {
    var host = self
    host.paths = PathResolver(environment: environment)
    return host
  }
}
