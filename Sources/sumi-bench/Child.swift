import FoundationEssentials
import Glibc

/// A program that was run to its end, and what it took.
struct Child {
  let status: Int32
  let output: String
  let seconds: Double
  /// Bytes of memory at most.
  let memory: Int

  /// The file of this program, and the folder in which its neighbours are.
  static let program = realpath("/proc/self/exe", nil).map { path in
    defer { free(path) }
    return String(cString: path)
  } ?? "sumi-bench"

  /// A program beside this one.
  static func neighbour(_ name: String) throws -> String {
    let path = program.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
    guard access(path, X_OK) == 0 else {
      throw Failure(message: "\(path) is missing; to make it: swift build -c release")
    }
    return path
  }

  /// Runs a program; its errors go where this program's go.
  /// - Parameter environment: what differs from this program's; nil takes a variable away.
  init(_ path: String, _ arguments: [String], environment: [String: String?] = [:]) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(code: errno, "a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = Child.variables(environment).map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    let clock = ContinuousClock()
    let start = clock.now
    var process: pid_t = 0
    let failure = posix_spawn(&process, path, &actions, nil, &words, &variables)
    close(ends[1])
    defer { close(ends[0]) }
    guard failure == 0 else { throw Failure(code: failure, path) }
    output = Child.read(ends[0])
    var (status, usage) = (Int32(0), rusage())
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    seconds = (clock.now - start) / .seconds(1)
    self.status = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    memory = Int(usage.ru_maxrss) * 1024
  }

  private static func variables(_ changes: [String: String?]) -> [String: String] {
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in changes { variables[name] = value }
    return variables
  }

  private static func read(_ descriptor: Int32) -> String {
    var (all, part) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count > 0 { all += part[..<count] } else if count == 0 || errno != EINTR { break }
    }
    return String(decoding: all, as: UTF8.self)
  }
}

/// Why something could not be measured.
struct Failure: Error, CustomStringConvertible {
  let message: String

  var description: String { message }
}

extension Failure {
  init(code: Int32, _ what: String) { message = "\(what): \(String(cString: strerror(code)))" }
}
