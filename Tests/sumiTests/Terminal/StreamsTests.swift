import Foundation
import Glibc
import Testing

@testable import sumi

@Suite("The three streams")
struct StreamsTests {
  /// Which of the streams are the terminal, by three bits.
  @Test("each may be a terminal or not, and the program works in all eight cases", arguments: 0..<8)
  func combinations(which: Int) throws {
    let (isInput, isOutput, isErrors) = (which & 1 != 0, which & 2 != 0, which & 4 != 0)
    let (output, errors) = (try Scratch(), try Scratch())
    let ends = try Channel.pipe()
    let terminal = try Terminal(
      input: isInput ? nil : ends.reading, output: isOutput ? nil : output.descriptor,
      errors: isErrors ? nil : errors.descriptor)
    let lines = [
      "seed 1", "help quit", "load digits train=20 test=10", "show data 1", "add dense 10 softmax", "compile sgd",
      "fit 1",
    ]
    if isInput {
      if isOutput || isErrors { try terminal.expect("1> ") }
      for (index, line) in lines.enumerated() {
        terminal.type(line + (isOutput ? "\r" : "\n"))
        if isOutput || isErrors { try terminal.expect("\(index + 2)> ") }
      }
      // Leaves, and answers the question where somebody sees it.
      terminal.type("\u{4}")
      if isOutput || isErrors {
        try terminal.expect("leave all the same? (y/n)")
        try terminal.settle()
        terminal.type("y")
      }
    } else {
      let bytes = Array(lines.joined(separator: "\n").utf8) + [10]
      #expect(write(ends.writing, bytes, bytes.count) == bytes.count)
    }
    close(ends.writing)
    #expect(terminal.end() == 0)
    close(ends.reading)
    #expect((isOutput ? terminal.text : output.text).contains("Ends the program."))
    #expect((isErrors ? terminal.text : errors.text).contains("epoch 1/1"))
    #expect(!output.text.contains("\u{1b}") && !errors.text.contains("\u{1b}"))
    #expect(!output.text.contains("> ") && !output.text.contains("next:"))
    // Nothing is drawn over, and nothing is grey, where results go to a file.
    if !isOutput { #expect(!terminal.raw.contains("\u{1b}[2m‹") && !terminal.raw.contains("\u{1b}[?2004h")) }
    #expect(terminal.isAsFound)
  }

  @Test("typed at a terminal with the results in a file: Ctrl-C drops the line, a quote goes on, a mistake is told")
  func plain() throws {
    let output = try Scratch()
    let terminal = try Terminal(output: output.descriptor)
    try terminal.expect("1> ")
    terminal.type("rubbish\u{3}")
    try terminal.expect("1> ")
    terminal.type("help \"qu\n")
    try terminal.expect("… ")
    terminal.type("it\"\n")
    try terminal.expect("there is no help on \"qu it\"")
    try terminal.expect("2> ")
    terminal.type("help quit\n")
    try terminal.expect("3> ")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(output.text.contains("Ends the program.") && !output.text.contains("rubbish"))
  }

  @Test("a pipe that does not block loses nothing to a slow reader")
  func unblocking() throws {
    let ends = try Channel.pipe()
    for end in [ends.reading, ends.writing] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let spawn = try Spawn(
      ["-c", "help all; help all; help all; help all; help all; help all; help all; help all; help all; help quit"],
      environment: [:], descriptors: [nil, ends.writing, nil])
    close(ends.writing)
    usleep(500_000)
    var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 1000))
    while true {
      var awaited = pollfd(fd: ends.reading, events: Int16(POLLIN), revents: 0)
      guard poll(&awaited, 1, 20_000) > 0 else { break }
      let count = read(ends.reading, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
      usleep(200)
    }
    close(ends.reading)
    #expect(spawn.wait() == 0)
    #expect(bytes.count > 65_536, "more than a pipe holds")
    #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: "Ends the program.").count > 2)
  }
}
