import Foundation
import Glibc
import Testing

/// A run of the built program that is still going on.
struct Spawn {
  let process: pid_t
  /// Ends when the process does.
  private let lifeline: Int32

  /// The built program, next to the tests.
  static let path: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("sumi").path
  }()

  /// - Parameters:
  ///   - program: another one than the built program.
  ///   - environment: all of it; nothing comes from the test's own.
  ///   - descriptors: standard input, output and error; a negative one is closed.
  ///   - terminal: becomes the controlling terminal and stands for all descriptors that are not given.
  init(
    _ arguments: [String], program: String = path, environment: [String: String], descriptors: [Int32?],
    terminal: String? = nil
  ) throws {
    let ends = try Channel.pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      switch (descriptor, terminal) {
      case (let descriptor?, _) where descriptor < 0: posix_spawn_file_actions_addclose(&actions, Int32(number))
      case (let descriptor?, _): posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      case (nil, let terminal?): posix_spawn_file_actions_addopen(&actions, Int32(number), terminal, O_RDWR, 0)
      case (nil, nil): posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
      }
    }
    // Last, for one of the others may well be number 3 here.
    posix_spawn_file_actions_adddup2(&actions, ends.writing, 3)
    process = try Spawn.start([program] + arguments, environment, &actions, ownsTerminal: terminal != nil)
    close(ends.writing)
    lifeline = ends.reading
  }

  private static func start(
    _ command: [String], _ environment: [String: String], _ actions: inout posix_spawn_file_actions_t,
    ownsTerminal: Bool
  ) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // POSIX_SPAWN_SETSID is not visible from Swift.
    let newSession = ownsTerminal ? 0x80 : 0
    posix_spawnattr_setflags(&attributes, Int16(newSession | Int(POSIX_SPAWN_SETSIGDEF) | Int(POSIX_SPAWN_SETSIGMASK)))
    var process: pid_t = 0
    let path = command[0]
    var words = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    let failure = Channel.exclusively { posix_spawn(&process, path, &actions, &attributes, &words, &variables) }
    try #require(failure == 0, "\(path): \(String(cString: strerror(failure)))")
    return process
  }

  /// Waits for the end; the exit status, 128 + N after signal N, and nil when it had to be killed.
  func wait(seconds: Int32 = 60) -> Int32? {
    var awaited = pollfd(fd: lifeline, events: Int16(POLLIN), revents: 0)
    let isOver = poll(&awaited, 1, seconds * 1000) > 0
    if !isOver { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(lifeline)
    guard isOver else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
