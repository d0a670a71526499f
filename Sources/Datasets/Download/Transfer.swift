import CCurl
import Files
import Glibc
import Grammar

/// One request for one file, by libcurl.
struct Transfer {
  /// How it ended.
  enum End: Equatable {
    case whole
    case stopped
    /// The connection broke or was too slow; what came is kept, and the rest can be asked for.
    case broken(String)
    /// There is nothing to be had at this address.
    case refused(String)
    /// The file could not be written.
    case unwritable(Int32)
  }

  /// Seconds; tests have less patience.
  struct Patience: Sendable {
    var connect = 20
    var stall = 30
    /// Before the second and the third try.
    var pauses = [0.5, 2.0]
  }

  let address: String
  let limit: Int
  let patience: Patience

  /// Appends what is missing to a partial file.
  /// - Parameter watch: told how many bytes there are and will be, 0 when unknown; true stops.
  func run(into file: borrowing PartialFile, watch: (Int, Int) -> Bool) -> End {
    file.seekToEnd()
    let from = file.size
    let descriptor = file.descriptor
    var answer = curl_answer()
    withoutActuallyEscaping(watch) { watch in
      var box = Watch(ask: watch)
      address.withCString { address in
        withUnsafeMutablePointer(to: &box) { box in
          var request = curl_request(
            address: address, file: descriptor, from: Int64(from), limit: Int64(limit),
            connect_seconds: patience.connect, stall_seconds: patience.stall, watch: Watch.call, context: box)
          curl_fetch(&request, &answer)
        }
      }
    }
    return end(answer, from: from, file)
  }

  /// What the numbers of libcurl and of HTTP mean for what comes next.
  private func end(_ answer: curl_answer, from: Int, _ file: borrowing PartialFile) -> End {
    if answer.write_error != 0 { return .unwritable(answer.write_error) }
    if answer.is_too_long { return .refused("more than \(limit) bytes came") }
    switch (answer.status, answer.code) {
    case (_, 42): return .stopped
    // The server has nothing behind what is there: what is there is not the beginning of this file.
    case (416, _):
      do throws(FileError) { try file.empty() } catch { return .unwritable(error.code) }
      return .broken("the server has no more bytes than are there already")
    case (200, 0), (206, 0): return .whole
    case (429, _), (500..., _): return .broken("the server answers \(answer.status)")
    case (300..<400, 47): return .refused(Transfer.text(answer))
    case (1..<200, _), (201..<206, _), (207..., _): return .refused("the server answers \(answer.status)")
    default: return Transfer.isPassing(answer.code) ? .broken(Transfer.text(answer)) : .refused(Transfer.text(answer))
    }
  }

  /// Whether trying again may help: cut off (18), too slow (28), nothing answered (52), sending or receiving broke off.
  private static func isPassing(_ code: Int32) -> Bool { [16, 18, 28, 52, 55, 56, 92].contains(code) }

  private static func text(_ answer: curl_answer) -> String {
    var message = answer.message
    let text = withUnsafeBytes(of: &message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    // The closing full stop of some messages, and line breaks, have no place in a sentence.
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.isEmpty ? "libcurl's error \(answer.code)" : line
  }
}

/// A closure on its way through C.
private struct Watch {
  let ask: (Int, Int) -> Bool

  static let call: @convention(c) (UnsafeMutableRawPointer?, Int64, Int64) -> Int32 = { context, done, total in
    guard let watch = context?.assumingMemoryBound(to: Watch.self) else { return 0 }
    return watch.pointee.ask(Int(done), Int(total)) ? 1 : 0
  }
}
