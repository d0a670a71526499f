import Foundation
import Glibc
import Testing

@testable import sumi

@Suite("The file of the history")
final class HistoryFileTests {
  private let home: Home
  private let file: HistoryFile

  init() throws {
    home = try Home()
    file = HistoryFile(path: home.history)
  }

  @Test("what was added comes back, line breaks and backslashes included, with its time")
  func added() throws {
    let lines = ["load digits", "help \\\nquit", "a\\nb", "計算 é", "\\\\"]
    for line in lines { #expect(file.append(line) == nil) }
    #expect(file.read().lines == lines)
    #expect(file.read().warning == nil)
    let text = String(decoding: try home.read(".local/state/sumi/history"), as: UTF8.self)
    let times = text.split(separator: "\n").compactMap { Int($0.split(separator: "\t")[0]) }
    #expect(times.count == lines.count)
    #expect(times.allSatisfy { abs($0 - time(nil)) < 100 })
  }

  @Test("damaged lines are left out and told, the others read, and the file stays as it is", arguments: [
    Array("\u{0}\u{0}\u{0}".utf8), Array("no time\n".utf8), [0xFF, 0xFE, 0x0A], Array("12\tabc\u{0}def\n".utf8),
    Array("\t\n".utf8),
    Array("_HiStOrY_V2_\nload\\040digits\n".utf8),
  ])
  func damaged(bytes: [UInt8]) throws {
    let all = Array("1700000000\tgood\n".utf8) + bytes
    try home.write(all, to: ".local/state/sumi/history")
    let contents = file.read()
    #expect(contents.lines == ["good"])
    #expect(contents.warning?.contains("damaged and left out; the file stays as it is") == true)
    #expect(file.append("next") == nil)
    let after = try home.read(".local/state/sumi/history")
    #expect(after.starts(with: all))
    #expect(file.read().lines == ["good", "next"])
  }

  @Test("a file that cannot be read or written is told, and nothing is lost", arguments: ["folder", "loop"])
  func unusable(kind: String) throws {
    let path = home.history
    try home.write([], to: ".local/state/sumi/other")
    if kind == "folder" { mkdir(path, 0o700) } else { symlink(path, path) }
    #expect(file.read().warning?.contains("cannot be read") == true)
    #expect(file.append("x")?.contains("cannot be kept") == true)
  }

  @Test("a full disk is told, and the next line still begins a line of its own")
  func full() throws {
    #expect(HistoryFile(path: "/dev/full").append("x")?.contains("No space left") == true)
    try home.write(Array("1700000000\ttorn".utf8), to: ".local/state/sumi/history")
    #expect(file.append("next") == nil)
    #expect(file.read().lines == ["torn", "next"])
  }

  @Test("of a large file the end is read")
  func large() throws {
    let line = "1700000000\t" + String(repeating: "x", count: 989) + "\n"
    let text = String(repeating: line, count: 6000) + "1700000000\tlast\n"
    try home.write(Array(text.utf8), to: ".local/state/sumi/history")
    let contents = file.read()
    #expect(contents.lines.last == "last")
    #expect((3000..<4400).contains(contents.lines.count))
    #expect(contents.warning == nil)
  }

  @Test("several writers at once lose nothing")
  func together() async throws {
    let path = home.history
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask { for number in 0..<200 { _ = HistoryFile(path: path).append("\(writer) \(number)") } }
      }
    }
    let lines = file.read().lines
    #expect(lines.count == 1600)
    #expect(Set(lines).count == 1600)
  }
}
