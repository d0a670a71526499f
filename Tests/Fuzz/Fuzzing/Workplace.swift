import Engine
import Glibc
import Pictures
import Workbench

/// A folder in memory that fuzzed sessions read from and write into; each session finds it as the first did.
public final class Workplace {
  /// Parts of lines that may have written a file.
  static let touches = ["save", ">", "run", "edit"]

  /// Damaged or not, what can be read.
  private var fixtures: [(name: String, bytes: [UInt8])] = []
  /// What may be there afterwards besides the fixtures: the names that lines are given.
  static let outputs = [
    "o.safetensors", "o.sumi", "o.html", "o.png", "o.svg", "o.pdf", "o.txt", "o.csv", "o.json", "o.md", "o.py",
    "o.npz", "o.onnx", "o.keras", "o.weights.h5", "o.weights.npz", "a b.txt", "é.csv",
    "none/o.csv", "o", "o.docx", "o.h5", ".csv",
  ]
  public let path: String

  var names: [String] {
    fixtures.map(\.name) + ["folder", "link.sumi", "circle.csv", "none.sumi", "/dev/full", "~/good.sumi"]
  }

  /// Makes the folder, and goes into it.
  public init() {
    var template = Array("/dev/shm/sumi-fuzz-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "."
    chdir(path)
    fixtures = Seeds.files.map { ($0.name, $0.bytes) }
    reset()
  }

  deinit {
    clear(path)
    rmdir(path)
  }

  /// Files that no line named, such as a temporary one that was left.
  var strays: [String] { Workplace.entries(path).filter { $0.hasPrefix(".sumi-unfinished-") } }

  /// Puts everything back as it was in the beginning.
  func reset() {
    clear(path)
    mkdir("folder", 0o755)
    symlink("good.sumi", "link.sumi")
    symlink("circle.csv", "circle.csv")
    for (name, bytes) in fixtures { Workplace.write(bytes, to: name) }
  }

  public static func write(_ bytes: [UInt8], to name: String) {
    let file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    _ = Glibc.write(file, bytes, bytes.count)
    close(file)
  }

  private func clear(_ folder: String) {
    for name in Workplace.entries(folder) {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0, errno == EISDIR {
        clear(path)
        rmdir(path)
      }
    }
  }

  private static func entries(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
