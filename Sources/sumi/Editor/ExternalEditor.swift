import Datasets
import Files
import Glibc
import Grammar
import Workbench

/// The person's own editor, in the foreground of this terminal.
struct ExternalEditor {
  let environment: [String: String]

  /// A shell's line, as `$VISUAL` and `$EDITOR` are.
  private var command: String {
    ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
  }

  /// The text as it is when the editor is closed.
  /// - Throws: `Refusal` when the editor fails; the text is as it was then.
  func edit(_ text: String) throws(Refusal) -> String {
    let folder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    do {
      let file = try TemporaryFile(in: folder, prefix: "sumi-", ending: ".sumi", for: folder)
      try file.fill(text, for: folder)
      guard try run(file.path) == 0 else { throw Refusal.failed(command) }
      return String(decoding: try FileReader.read(file.path, limit: 16 << 20), as: UTF8.self)
    } catch let error as FileError {
      throw .noFile(error)
    } catch {
      throw error as? Refusal ?? Refusal("\(error)")
    }
  }

  /// Runs the editor and waits for it; its status.
  private func run(_ file: String) throws(Refusal) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    // A shell that does not handle Ctrl-C would end before the editor; what it runs has the usual handlers again.
    let command = "trap : INT QUIT; \(self.command) \"$1\""
    let line: [String] = ["sh", "-c", command, "sh", file]
    var words = line.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    // As system(3) has it: Ctrl-C and Ctrl-\ are the editor's alone while it runs.
    let signals = [SIGINT, SIGQUIT].map { ($0, Interrupt.ignore($0)) }
    defer { for (signal, before) in signals { Interrupt.restore(signal, before) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, &attributes, &words, &variables) == 0 else {
      throw .failed(self.command)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    Interrupt.clear()
    return status
  }
}

extension Refusal {
  fileprivate static func noFile(_ error: FileError) -> Refusal {
    Refusal("there is no file for the editor: \(error.message)")
  }
  fileprivate static func failed(_ command: String) -> Refusal {
    Refusal("the editor failed: \(command)", hint: "set EDITOR in the shell, as in EDITOR=nano sumi")
  }
}
