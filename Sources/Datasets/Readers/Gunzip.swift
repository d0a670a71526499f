import CZlib
import Grammar

/// Unpacks a gzip file as it passes by (RFC 1952): one member after the other, each with its check sum.
final class Gunzip {
  private let source: OpenFile
  /// zlib keeps its address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let packed: UnsafeMutableBufferPointer<UInt8>
  /// Whether a member has ended, and whether nothing follows it.
  private var (hasMember, isAtEnd) = (false, false)

  /// - Parameter buffer: packed bytes that are held at once.
  init(_ source: OpenFile, buffer: Int) {
    self.source = source
    packed = .allocate(capacity: buffer)
    stream.initialize(to: z_stream())
    // A window of 15 bits, and 16 for gzip's header.
    inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    packed.deallocate()
  }

  /// Fills `bytes` with the next ones; how many there were, fewer than asked for only at the end.
  /// - Throws: `Refusal` when the file is broken or cannot be read.
  func read(into bytes: UnsafeMutableBufferPointer<UInt8>) throws(Refusal) -> Int {
    var filled = 0
    while filled < bytes.count, !isAtEnd {
      try refill()
      // zlib counts in 32 bits.
      let room = min(bytes.count - filled, 1 << 30)
      stream.pointee.next_out = bytes.baseAddress.map { $0 + filled }
      stream.pointee.avail_out = UInt32(room)
      let status = inflate(stream, Z_NO_FLUSH)
      filled += room - Int(stream.pointee.avail_out)
      switch status {
      case Z_OK: continue
      case Z_STREAM_END: try begin()
      default: throw source.broken(problem(status))
      }
    }
    return filled
  }

  /// Reads more of the file when all has been unpacked that was there.
  private func refill() throws(Refusal) {
    guard stream.pointee.avail_in == 0 else { return }
    stream.pointee.avail_in = UInt32(try source.read(into: packed))
    stream.pointee.next_in = packed.baseAddress
  }

  /// Begins with the next member, if there is one. Zeros fill up what was written in blocks, and mean nothing.
  private func begin() throws(Refusal) {
    hasMember = true
    repeat {
      try refill()
      guard stream.pointee.avail_in > 0 else {
        isAtEnd = true
        return
      }
      guard stream.pointee.next_in.pointee == 0 else { break }
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    } while true
    inflateReset(stream)
  }

  /// What zlib has to say.
  private func problem(_ status: Int32) -> String {
    // A member begins with a header of ten bytes at least; zlib counts anew in each.
    if hasMember, stream.pointee.total_in < 10 {
      return "something that is no gzip file follows its end; gunzip leaves that out"
    }
    if status == Z_BUF_ERROR { return "the compressed data end too early" }
    return stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
  }
}
