import Glibc
import Grammar

/// Rows of bytes or floats in a file, read when a batch asks for them.
///
/// They are read with `pread` instead of being mapped: a file that somebody cuts off is a row that cannot be read then,
/// not a signal that ends the program. The system keeps in memory what there is room for, and reads the rows of the
/// next batch while this one is computed.
public final class FeatureFile: BatchSource {
  /// What a number is in the file.
  public enum Format: Sendable {
    case bytes(ByteScale)
    /// Float32, the least significant byte first.
    case floats

    var size: Int { if case .bytes = self { 1 } else { MemoryLayout<Float>.stride } }
  }

  public let count: Int
  private let file: Int32
  private let path: String
  private let offset: Int
  private let width: Int
  private let format: Format

  /// - Parameters:
  ///   - offset: bytes before the first row.
  ///   - rows: how many there are, each of `width` numbers.
  /// - Throws: `Refusal` when the file cannot be opened, or is too short for so many rows.
  public init(_ path: String, offset: Int = 0, rows: Int, width: Int, format: Format) throws(Refusal) {
    guard let count = Int?(rows).times(width), let end = Int?(count).times(format.size).adding(offset) else {
      throw .tooShort(path, nil, 0)
    }
    (self.count, self.path, self.offset, self.width, self.format) = (count, path, offset, width, format)
    file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path, errno) }
    var status = stat()
    guard fstat(file, &status) == 0, Int(status.st_size) >= end else { throw .tooShort(path, end, Int(status.st_size)) }
    // Rows come in any order: what lies beside one is not worth reading with it.
    posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM)
  }

  deinit { if file >= 0 { close(file) } }

  public var byteCount: Int { 0 }

  public func read(_ index: Int, into row: FloatSpan) throws(Refusal) {
    let memory = UnsafeMutableRawPointer(row.base)
    switch format {
    case .floats:
      try fill(memory, index)
      #if _endian(big)
        for i in 0..<width { row[i] = Float(bitPattern: UInt32(littleEndian: row[i].bitPattern)) }
      #endif
    case .bytes(let scale):
      // They are read into the last quarter of the row: the number of a byte is written before it or over it.
      let bytes = (memory + (MemoryLayout<Float>.stride - 1) * width).assumingMemoryBound(to: UInt8.self)
      try fill(UnsafeMutableRawPointer(bytes), index)
      for i in 0..<width { row[i] = scale[bytes[i]] }
    }
  }

  public func readAhead(_ rows: ArraySlice<Int>) {
    let size = width * format.size
    for row in rows { posix_fadvise(file, offset + row * size, size, POSIX_FADV_WILLNEED) }
  }

  /// Reads the bytes of a row.
  private func fill(_ memory: UnsafeMutableRawPointer, _ index: Int) throws(Refusal) {
    let size = width * format.size
    var done = 0
    while done < size {
      let got = pread(file, memory + done, size - done, offset + index * size + done)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw got == 0 ? .cutOff(path, index) : .unreadable(path, errno) }
      done += got
    }
  }
}

extension Refusal {
  fileprivate static func unreadable(_ path: String, _ code: Int32) -> Refusal {
    Refusal("\(path) cannot be read: \(String(cString: strerror(code)))")
  }
  fileprivate static func tooShort(_ path: String, _ wanted: Int?, _ there: Int) -> Refusal {
    Refusal("\(path) should have \(wanted.map { "\($0)" } ?? "too many") bytes, and has \(there)")
  }
  fileprivate static func cutOff(_ path: String, _ row: Int) -> Refusal {
    Refusal("\(path) ends before its row \(row): it has become shorter since it was opened")
  }
}
