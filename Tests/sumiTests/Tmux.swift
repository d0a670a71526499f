import Foundation
import Glibc
import Testing

/// The built program in a window of tmux: the screen as a person sees it.
///
/// Keys go in by name, as in `send-keys`.
final class Tmux {
  private let socket: String
  private let home: Home
  private static let program = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Whether it is there; if not, a test that wants it says so and is skipped.
  static var isInstalled: Bool { program != nil }

  /// Seconds that a picture may take on a machine that has much to do.
  private static let patience = 30.0

  init(columns: Int, rows: Int, command: String = Spawn.path, _ arguments: String...) throws {
    home = try Home()
    socket = "sumi-\(UUID().uuidString)"
    let line = ([command] + arguments).map { "'\($0)'" }.joined(separator: " ")
    try run(["-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", line])
  }

  deinit {
    do { try run(["kill-server"]) } catch { Issue.record(error) }
  }

  /// Presses keys: `Enter`, `Tab`, `C-c`, `Right`.
  func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

  /// Types text as it is.
  func type(_ text: String) throws { try run(["send-keys", "-l", "--", text]) }

  func resize(columns: Int, rows: Int) throws { try run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"]) }

  /// The lines of the screen, blanks at their ends and empty ones at the end left out.
  var screen: [String] {
    get throws {
      var lines = try run(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }
      while lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
  }

  /// Waits until the screen is so; the screen.
  @discardableResult
  func see(
    _ what: String, _ place: SourceLocation = #_sourceLocation, where holds: ([String]) -> Bool
  ) throws -> [String] {
    let deadline = Date().addingTimeInterval(Tmux.patience)
    while true {
      let lines = try screen
      if holds(lines) { return lines }
      guard Date() < deadline else {
        Issue.record("expected \(what), saw\n\(lines.joined(separator: "\n"))", sourceLocation: place)
        return lines
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  /// Waits for a line that ends so.
  @discardableResult
  func see(ending: String, _ place: SourceLocation = #_sourceLocation) throws -> [String] {
    try see("a line ending in \(ending)", place) { $0.contains { $0.hasSuffix(ending) } }
  }

  /// What tmux prints. It leaves a server behind that keeps what it inherits, so nothing here waits for a descriptor.
  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let output = try Scratch()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for number in [Int32(0), 2] { posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0) }
    posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
    // The tests' own threads block nearly all signals, which is not to be so in there.
    var (attributes, none, all) = (posix_spawnattr_t(), sigset_t(), sigset_t())
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(Int(POSIX_SPAWN_SETSIGDEF) | Int(POSIX_SPAWN_SETSIGMASK)))
    let path = try #require(Tmux.program)
    let standard = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/bin:/usr/bin"]
    var words = (["tmux", "-L", socket] + arguments).map { strdup($0) } + [nil]
    var variables = home.environment.merging(standard) { $1 }.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var process: pid_t = 0
    try #require(Channel.exclusively { posix_spawn(&process, path, &actions, &attributes, &words, &variables) } == 0)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return output.text
  }
}
