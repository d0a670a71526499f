import Foundation
import Glibc
import Synchronization

/// A web server on 127.0.0.1 that serves bytes, well or badly, and remembers what it was asked.
public final class FileServer: Sendable {
  /// What it does when it is asked for a path.
  public enum Reply: Sendable {
    case bytes([UInt8])
    case status(Int)
    case redirect(String)
    /// Promises all bytes, gives so many and hangs up.
    case cut([UInt8], after: Int)
    /// Gives the bytes, and says that there are so many.
    case wrongLength([UInt8], says: Int)
    /// Gives so many bytes and then nothing, with the line open.
    case stalls([UInt8], after: Int)
    /// Takes a breath after each so many bytes.
    case slow([UInt8], piece: Int, pause: Double)
    /// Gives all bytes whatever range is asked for.
    case ignoresRange([UInt8])
  }

  private let socket: Int32
  public let port: UInt16
  private let state = Mutex((replies: [String: [Reply]](), asked: [String]()))

  public init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = socket
    let isOpen = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isOpen else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in accept() }
  }

  /// An address of a file on it.
  public func address(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// What it does with a path: one reply after the other, the last one from then on.
  public func serve(_ path: String, _ replies: Reply...) { state.withLock { $0.replies["/" + path] = replies } }

  /// The paths that it was asked for, a range behind an @; as a proxy, whole addresses, and hosts to be connected to.
  public var asked: [String] { state.withLock { $0.asked } }

  public func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  private func accept() {
    while true {
      let connection = Glibc.accept(socket, nil, nil)
      guard connection >= 0 else { break }
      Thread.detachNewThread { [self] in
        answer(connection)
        close(connection)
      }
    }
    close(socket)
  }

  private func answer(_ connection: Int32) {
    var request: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return }
      request += chunk[..<count]
    }
    let lines = String(decoding: request, as: UTF8.self).components(separatedBy: "\r\n")
    let path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
    let from = range.flatMap { Int($0.dropFirst("range: bytes=".count).split(separator: "-").first ?? "") } ?? 0
    let reply: Reply? = state.withLock { state in
      state.asked.append((path.hasPrefix("/") ? String(path.dropFirst()) : path) + (from > 0 ? "@\(from)" : ""))
      let name = FileServer.name(path)
      guard let replies = state.replies[name], let first = replies.first else { return nil }
      if replies.count > 1 { state.replies[name]?.removeFirst() }
      return first
    }
    send(reply ?? .status(404), from: from, connection)
  }

  /// The path in a whole address, which is what a proxy is asked for.
  private static func name(_ path: String) -> String {
    guard path.hasPrefix("http://") else { return path }
    return "/" + path.split(separator: "/", maxSplits: 2).dropFirst(2).joined()
  }

  private func send(_ reply: Reply, from: Int, _ connection: Int32) {
    switch reply {
    case .bytes(let bytes):
      if from >= bytes.count, from > 0 { return head(connection, 416, 0) }
      head(connection, from > 0 ? 206 : 200, bytes.count - from, from: from, of: bytes.count)
      body(connection, bytes[from...])
    case .status(let status):
      let page = Array("<html><body>\(status)</body></html>".utf8)
      head(connection, status, page.count)
      body(connection, page[...])
    case .redirect(let address): head(connection, 302, 0, more: "Location: \(address)\r\n")
    case .cut(let bytes, let count):
      head(connection, from > 0 ? 206 : 200, bytes.count - from, from: from, of: bytes.count)
      body(connection, bytes[from...].prefix(count))
    case .wrongLength(let bytes, let count):
      head(connection, 200, count)
      body(connection, bytes[...])
    case .stalls(let bytes, let count):
      head(connection, from > 0 ? 206 : 200, bytes.count - from, from: from, of: bytes.count)
      body(connection, bytes[from...].prefix(count))
      var chunk = [UInt8](repeating: 0, count: 16)
      recv(connection, &chunk, chunk.count, 0)
    case .slow(let bytes, let piece, let pause):
      head(connection, from > 0 ? 206 : 200, bytes.count - from, from: from, of: bytes.count)
      for start in stride(from: from, to: bytes.count, by: piece) {
        guard body(connection, bytes[start..<min(bytes.count, start + piece)]) else { return }
        usleep(useconds_t(pause * 1e6))
      }
    case .ignoresRange(let bytes):
      head(connection, 200, bytes.count)
      body(connection, bytes[...])
    }
  }

  private func head(
    _ connection: Int32, _ status: Int, _ length: Int, from: Int = 0, of total: Int = 0, more: String = ""
  ) {
    let range = status == 206 ? "Content-Range: bytes \(from)-\(total - 1)/\(total)\r\n" : ""
    let text = "HTTP/1.1 \(status) x\r\nContent-Length: \(length)\r\n\(range)\(more)Connection: close\r\n\r\n"
    body(connection, Array(text.utf8)[...])
  }

  @discardableResult
  private func body(_ connection: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
