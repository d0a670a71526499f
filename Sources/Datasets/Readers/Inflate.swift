import CZlib

/// Unpacks deflated bytes (RFC 1951) by zlib.
enum Inflate {
  /// Exactly `count` bytes; nil when the packed ones are broken or hold another number.
  /// - Parameter count: to be held against the memory there is before.
  static func raw(_ packed: [UInt8], count: Int) -> [UInt8]? {
    var stream = z_stream()
    // A window of 15 bits, negative as there is no header.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var packed = packed
    var isWhole = false
    // A byte more, to see whether there would be more.
    var content = [UInt8](repeating: 0, count: count + 1)
    packed.withUnsafeMutableBufferPointer { packed in
      content.withUnsafeMutableBufferPointer { content in
        isWhole = run(&stream, packed, content) == count
      }
    }
    guard isWhole else { return nil }
    content.removeLast()
    return content
  }

  /// How many bytes came; nil when the stream did not end.
  private static func run(
    _ stream: inout z_stream, _ packed: UnsafeMutableBufferPointer<UInt8>, _ content: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    var (taken, given) = (0, 0)
    while true {
      // zlib counts in 32 bits.
      let (input, output) = (min(packed.count - taken, 1 << 30), min(content.count - given, 1 << 30))
      stream.next_in = packed.baseAddress.map { $0 + taken }
      stream.avail_in = UInt32(input)
      stream.next_out = content.baseAddress.map { $0 + given }
      stream.avail_out = UInt32(output)
      let status = inflate(&stream, Z_NO_FLUSH)
      taken += input - Int(stream.avail_in)
      given += output - Int(stream.avail_out)
      if status == Z_STREAM_END { return given }
      guard status == Z_OK, input > 0 || output > 0 else { return nil }
    }
  }
}
