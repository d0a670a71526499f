import Engine
import Files
import FoundationEssentials
import Grammar

/// Named arrays in a file, and texts about them: safetensors.
///
/// Format: 8 bytes length of the header, little-endian; the header, JSON; the arrays' bytes without gaps
/// (github.com/huggingface/safetensors, version 0.4). What its reference implementation refuses is refused: a header
/// that is too long, bytes that belong to no array or to two, lengths that do not fit shape and type.
struct TensorFile {
  /// The longest header that is read, as in the reference implementation.
  private static let longestHeader = 100_000_000

  /// An array as its header describes it.
  struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  let path: String
  let entries: [String: Entry]
  /// What stands under `__metadata__`.
  let texts: [String: String]
  private let bytes: [UInt8]
  /// Where the bytes of the arrays begin.
  private let start: Int

  /// - Throws: `Refusal` when the bytes are no such file.
  init(_ bytes: [UInt8], path: String) throws(Refusal) {
    guard bytes.count >= 8 else { throw .noHeader(path, "it has \(bytes.count) bytes") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= TensorFile.longestHeader, length <= bytes.count - 8 else {
      throw .noHeader(path, "its header would be \(length) bytes long, and the file has \(bytes.count)")
    }
    start = 8 + Int(length)
    do {
      let members = try JSONDecoder().decode([String: Member].self, from: Data(bytes[8..<start]))
      entries = members.compactMapValues(\.entry)
      texts = members["__metadata__"]?.texts ?? [:]
    } catch { throw .noHeader(path, "its header is not what the format asks for") }
    self.path = path
    self.bytes = bytes
  }

  /// A member of the header: an array, or the texts under `__metadata__`.
  private struct Member: Decodable {
    var entry: Entry?
    var texts: [String: String]?

    init(from decoder: any Decoder) throws {
      if decoder.codingPath.last?.stringValue == "__metadata__" {
        texts = try? [String: String](from: decoder)
      } else {
        entry = try Entry(from: decoder)
      }
    }
  }

  /// - Throws: `Refusal` unless every byte behind the header belongs to one array.
  func checkGapless() throws(Refusal) {
    var end = 0
    for (name, place) in try entries.keys.sorted().map({ (name) throws(Refusal) in (name, try place(of: name)) })
      .sorted(by: { $0.1.lowerBound < $1.1.lowerBound }) {
      guard place.lowerBound == end else { throw .wrongOffsets(path, name) }
      end = place.upperBound
    }
    guard start + end == bytes.count else { throw .wrongLength(path, bytes.count, start + end) }
  }

  /// Where the bytes of an array are, behind the header.
  private func place(of name: String) throws(Refusal) -> Range<Int> {
    guard let entry = entries[name] else { return 0..<0 }
    let offsets = entry.data_offsets
    guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= bytes.count - start,
      entry.size == offsets[1] - offsets[0]
    else { throw .wrongOffsets(path, name) }
    return offsets[0]..<offsets[1]
  }

  /// The numbers of an array in single precision; those of half as many bits are widened.
  /// - Throws: `Refusal` when it is of another type.
  func floats(_ name: String) throws(Refusal) -> [Float] {
    guard let entry = entries[name] else { return [] }
    guard ["F32", "F16", "BF16"].contains(entry.dtype) else { throw .wrongType(path, name, entry.dtype) }
    let place = try place(of: name)
    return switch entry.dtype {
    case "BF16": copy(place, UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    case "F16": copy(place, UInt16.self).map { Float(Float16(bitPattern: $0)) }
    default: copy(place, Float.self)
    }
  }

  /// Puts the numbers of an array into a network, without a copy of them besides.
  /// - Throws: `Refusal` when it is of another type.
  func fill(_ tensor: WeightSlot, of network: inout Network, from name: String) throws(Refusal) {
    guard let entry = entries[name], entry.dtype == "F32" else { return network[tensor] = try floats(name) }
    let place = try place(of: name)
    bytes.withUnsafeBytes { source in
      network.fill(
        tensor, from: UnsafeRawBufferPointer(rebasing: source[start + place.lowerBound..<start + place.upperBound]))
    }
  }

  /// Whole numbers of an array of type I32; nil when it is none.
  func integers(_ name: String) throws(Refusal) -> [Int32]? {
    guard let entry = entries[name], entry.dtype == "I32" else { return nil }
    return copy(try place(of: name), Int32.self)
  }

  private func copy<Element: BitwiseCopyable>(_ place: Range<Int>, _ type: Element.Type) -> [Element] {
    let count = place.count / MemoryLayout<Element>.stride
    let from = start + place.lowerBound
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { source in
        let part = source[from..<from + count * MemoryLayout<Element>.stride]
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
      }
      initialized = count
    }
  }
}

extension TensorFile {
  /// An array to be written.
  struct Array32 {
    /// What its numbers are.
    enum Element: String {
      case float = "F32"
      case integer = "I32"
      case half = "F16"
      case brainFloat = "BF16"

      fileprivate var size: Int {
        switch self {
        case .float, .integer: 4
        case .half, .brainFloat: 2
        }
      }
    }

    let name: String
    let shape: [Int]
    let element: Element
    /// Hands over the memory of its numbers, row by row, in one piece or several.
    fileprivate let read: (FileWriter.Sink) throws(FileError) -> Void

    fileprivate var byteCount: Int { shape.reduce(element.size, *) }

    /// - Parameter read: hands over as many numbers as the shape says, of the size that the element has.
    init(
      _ name: String, _ shape: [Int], _ element: Element,
      read: @escaping (FileWriter.Sink) throws(FileError) -> Void
    ) {
      (self.name, self.shape, self.element, self.read) = (name, shape, element, read)
    }

    /// - Parameter numbers: as many as the shape says, of the size that the element has; made when they are written.
    init<Number: BitwiseCopyable>(
      _ name: String, _ shape: [Int], _ element: Element, numbers: @escaping () -> [Number]
    ) {
      self.init(name, shape, element) { (take: FileWriter.Sink) throws(FileError) in
        try FileWriter.pass(numbers(), to: take)
      }
    }
  }

  /// The bytes of a file.
  static func encode(_ arrays: [Array32], texts: [(String, String)] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(arrays.reduce(4096) { $0 + $1.byteCount })
    // A list takes all that it is given.
    _ = try? write(arrays, texts: texts) { (piece) throws(FileError) in bytes.append(contentsOf: piece) }
    return bytes
  }

  /// Writes a file. Numbers are written as they lie in memory: little-endian on every processor there is a build for.
  /// - Parameter take: gets its bytes piece by piece.
  /// - Returns: how many they are.
  @discardableResult
  static func write(
    _ arrays: [Array32], texts: [(String, String)] = [], to take: FileWriter.Sink
  ) throws(FileError) -> Int {
    var (offset, members) = (0, [(String, JSON)]())
    if !texts.isEmpty { members.append(("__metadata__", .object(texts.map { ($0.0, .text($0.1)) }))) }
    for array in arrays {
      let end = offset + array.byteCount
      let place: [(String, JSON)] = [
        ("dtype", .text(array.element.rawValue)), ("shape", .list(array.shape.map(JSON.integer))),
        ("data_offsets", .list([.integer(offset), .integer(end)])),
      ]
      members.append((array.name, .object(place)))
      offset = end
    }
    var header = Array(JSON.object(members).text.utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let start = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header
    try FileWriter.pass(start, to: take)
    for array in arrays {
      var count = 0
      try array.read { (piece) throws(FileError) in
        count += piece.count
        try take(piece)
      }
      precondition(count == array.byteCount, "an array has as many numbers as its shape says")
    }
    return start.count + offset
  }
}

extension TensorFile.Entry {
  /// Bytes that its shape and type ask for; nil when that is no number, or the type is not known.
  fileprivate var size: Int? {
    let sizes = ["BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2]
    let wide = ["I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8]
    guard let width = sizes[dtype] ?? wide[dtype], shape.allSatisfy({ $0 >= 0 }) else { return nil }
    return Shape.count([width] + shape)
  }
}

extension Refusal {
  fileprivate static func noHeader(_ path: String, _ why: String) -> Refusal {
    Refusal("\(path) is not a safetensors file: \(why)")
  }
  fileprivate static func wrongType(_ path: String, _ name: String, _ type: String) -> Refusal {
    Refusal("\(path): \(name) is of type \(type), expected F32, or F16 or BF16")
  }
  fileprivate static func wrongOffsets(_ path: String, _ name: String) -> Refusal {
    Refusal("\(path): the bytes of \(name) are not where its header says")
  }
  fileprivate static func wrongLength(_ path: String, _ got: Int, _ expected: Int) -> Refusal {
    Refusal("\(path) has \(got) bytes, expected \(expected)")
  }
}
