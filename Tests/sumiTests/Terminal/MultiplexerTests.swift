import Foundation
import Testing

@Suite("Pictures as a person sees them inside tmux")
struct MultiplexerTests {
  private static let program = ["/usr/bin/tmux", "/usr/local/bin/tmux"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Runs a command of tmux on a server of its own; what it printed.
  ///
  /// By the shell: the server that the first command starts would hold what Foundation's Process waits for.
  @discardableResult
  private func tmux(_ command: String, socket: String) throws -> String {
    let program = try #require(MultiplexerTests.program)
    let environment = "unset NO_COLOR; LC_ALL=C.UTF-8 TERM=xterm-256color"
    let stream = Channel.exclusively {
      popen("\(environment) \(program) -S \(socket) -f /dev/null \(command) 2>/dev/null", "r")
    }
    let file = try #require(stream)
    var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    pclose(file)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "the grid stands in its lines, and nothing of the question is left on the screen",
    .enabled(if: MultiplexerTests.program != nil, "tmux is not installed"), arguments: [40, 80, 120])
  func grid(width: Int) throws {
    let socket = NSTemporaryDirectory() + "/sumi-tmux-\(UUID().uuidString.prefix(8))"
    defer { _ = try? tmux("kill-server", socket: socket) }
    let lines = "load digits train=40 test=10; show data 6; add dense 10 softmax; confusion"
    try tmux(
      "new-session -d -x \(width) -y 60 \"\(Spawn.path) --quiet --seed 1 -c '\(lines)'; sleep 20\" > /dev/null",
      socket: socket)
    let deadline = Date().addingTimeInterval(10)
    var text = ""
    while !text.contains("confused"), Date() < deadline {
      usleep(50_000)
      text = try tmux("capture-pane -p -t 0", socket: socket)
    }
    #expect(text.contains("most confused"))
    #expect(!text.contains("AAAA") && !text.contains("rgb:") && !text.contains("[?"))
    #expect(text.split(separator: "\n").contains { $0.hasPrefix("#0") && $0.contains("#1") })
    #expect(text.unicodeScalars.contains { (0x2580...0x259F).contains($0.value) }, "\(text)")
    #expect(text.split(separator: "\n").contains { $0.hasPrefix("true") })
  }
}
