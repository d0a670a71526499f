import Foundation
import Testing

/// Libraries that are loaded when they are first needed.
@Suite struct LibrariesTests {
  struct Library: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What its file is called.
    let names: [String]
    /// What needs it.
    let command: String
  }

  static let libraries = [
    Library(
      testDescription: "HDF5",
      names: ["libhdf5_serial.so", "libhdf5.so"].flatMap { name in
        [name] + ["103", "200", "310", "320"].map { "\(name).\($0)" }
      }, command: "load model m.h5"),
    Library(
      testDescription: "Cairo", names: ["libcairo.so.2"],
      command: "load digits train=20 test=10; show data > d.png"),
    Library(
      testDescription: "OpenBLAS", names: ["libopenblas.so.0"],
      command: "load digits train=20 test=10; add dense 10 softmax; compile sgd; fit 1"),
  ]

  @Test("a library that cannot be loaded is named with what the loader says of it", arguments: libraries)
  func damaged(library: Library) throws {
    let home = try Home()
    for name in library.names { try Data().write(to: URL(fileURLWithPath: "\(home.path)/\(name)")) }
    try Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]).write(to: URL(fileURLWithPath: "\(home.path)/m.h5"))
    let line = library.command.replacingOccurrences(of: "m.h5", with: "\(home.path)/m.h5")
      .replacingOccurrences(of: "d.png", with: "\(home.path)/d.png")
    let run = try Binary(
      ["-c", line], environment: home.environment.merging(["LD_LIBRARY_PATH": home.path]) { _, new in new })
    #expect(run.status == 1)
    #expect(run.errors.contains("/\(library.names[0])") && run.errors.contains(": file too short"), "\(run.errors)")
    #expect(run.errors.contains("apt"), "\(run.errors)")
  }
}
