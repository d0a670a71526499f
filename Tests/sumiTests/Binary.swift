import Foundation
import Glibc
import Testing

/// What a run of the built program came to.
struct Binary {
  let status: Int32?
  let output: String
  let errors: String

  /// The objects of standard output, one a line.
  func objects() throws -> [[String: Any]] {
    #expect(output.isEmpty || output.hasSuffix("\n"))
    return try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
    }
  }

  /// Runs it to its end, without a terminal.
  /// - Parameters:
  ///   - input: comes through a pipe; without it standard input is empty.
  ///   - file: takes standard output; its descriptor is closed when the name is empty.
  init(
    _ arguments: [String], program: String = Spawn.path, input: String? = nil, environment: [String: String] = [:],
    output file: String? = nil
  ) throws {
    let (output, errors) = (try Scratch(), try Scratch())
    let ends = try input.map { _ in try Channel.pipe() }
    if let input, let ends {
      // Less than a pipe holds, so that nobody has to read for it to be written.
      let bytes = Array(input.utf8)
      #expect(bytes.count < 65_536 && write(ends.writing, bytes, bytes.count) == bytes.count)
      close(ends.writing)
    }
    let target = try file.map { $0.isEmpty ? -1 : try Scratch.open($0) } ?? output.descriptor
    let spawn = try Spawn(
      arguments, program: program, environment: environment, descriptors: [ends?.reading, target, errors.descriptor])
    status = spawn.wait()
    if let ends { close(ends.reading) }
    if let file, !file.isEmpty { close(target) }
    (self.output, self.errors) = (output.text, errors.text)
  }
}

/// A nameless file that a process writes to.
final class Scratch {
  let descriptor: Int32

  init() throws {
    var name = Array((NSTemporaryDirectory() + "/sumi-XXXXXX").utf8CString)
    descriptor = Channel.exclusively {
      let descriptor = mkstemp(&name)
      Channel.keep(descriptor)
      return descriptor
    }
    try #require(descriptor >= 0)
    unlink(name)
  }

  deinit { close(descriptor) }

  static func open(_ path: String) throws -> Int32 {
    let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0, "\(path)")
    return descriptor
  }

  /// All that was written.
  var text: String {
    lseek(descriptor, 0, SEEK_SET)
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
