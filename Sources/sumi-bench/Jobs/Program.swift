import FoundationEssentials
import Glibc

extension Job {
  static let start = Job(
    name: "start", help: "from the shell to the end of sumi -c quit",
    cases: [
      Case(title: "sumi -c quit") {
        let children = try (0..<20).map { _ in try run(["--quiet", "-c", "quit"]) }
        return Figures(seconds: children.map(\.seconds).median ?? .nan, memory: children.map(\.memory).max())
      }
    ])

  static let load = Job(
    name: "load", help: "reading MNIST from gzip, again from the cache; drawing digits",
    cases: [
      Case(title: "load mnist, from gzip") { try load("mnist", isCached: false) },
      Case(title: "load mnist, again") { try load("mnist", isCached: true) },
      Case(title: "load digits") { try load("digits", isCached: false) },
    ])

  static let program = Job(
    name: "program", help: "the whole program, from the shell to the shown errors, ten epochs; MNIST from the cache",
    cases: [
      Case(title: "whole program, 784-512-10, 10 epochs", threads: allThreads) {
        let (name, folder) = (try BenchmarkData.standard(allThreads).name, try Folder())
        let layers = example.map { "add \($0)" }.joined(separator: "; ")
        _ = try run(["-c", "load \(name)"], environment: ["XDG_CACHE_HOME": folder.path])
        let child = try run(
          ["--quiet", "-c", "seed 1; load \(name); \(layers); compile rmsprop; fit 10 128; evaluate; show errors"],
          environment: ["XDG_CACHE_HOME": folder.path])
        return Figures(seconds: child.seconds, memory: child.memory)
      }
    ])

  /// The time that the program itself tells, with a cache of its own.
  private static func load(_ name: String, isCached: Bool) throws -> Figures {
    let folder = try Folder()
    func load() throws -> (seconds: Double, memory: Int) {
      let child = try run(["--json", "-c", "load \(name)"], environment: ["XDG_CACHE_HOME": folder.path])
      return (try JSONDecoder().decode(Line.self, from: Data(child.output.utf8)).seconds, child.memory)
    }
    if isCached { _ = try load() }
    let (seconds, memory) = try load()
    return Figures(seconds: seconds, memory: memory)
  }

  /// One line of `sumi --json`.
  private struct Line: Decodable {
    let seconds: Double
  }

  private static func run(_ arguments: [String], environment: [String: String?] = [:]) throws -> Child {
    let child = try Child(Child.neighbour("sumi"), arguments, environment: environment)
    guard child.status == 0 else {
      throw Failure(message: "sumi \(arguments.joined(separator: " ")) ended with \(child.status): \(child.output)")
    }
    return child
  }
}

/// A folder of its own, gone with the last reference to it.
private final class Folder {
  let path: String

  init() throws {
    var name = Array("/tmp/sumi-bench-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw Failure(code: errno, "/tmp") }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
