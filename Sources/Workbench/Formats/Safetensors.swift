import Engine
import FoundationEssentials
import Grammar

/// Weights in a file: safetensors, float32, in Keras's layouts, named `1.dense.kernel`.
///
/// Format: 8 bytes length of the header, little-endian; the header, JSON; the tensors' bytes without gaps
/// (github.com/huggingface/safetensors, version 0.4).
package enum Safetensors {
  /// The longest header that is read, as in the reference implementation.
  private static let longestHeader = 100_000_000

  private struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  /// A file's header: the tensors by name, and where their bytes begin.
  private struct Header {
    let entries: [String: Entry]
    let start: Int
  }

  /// The bytes of a file with all of a network's tensors.
  package static func encode(_ network: Network) -> [UInt8] {
    var offset = 0
    let members: [(String, JSON)] = network.tensors.map { tensor in
      let end = offset + tensor.count * 4
      defer { offset = end }
      return (
        tensor.name,
        .object([
          ("dtype", "F32"), ("shape", .list(tensor.weight.shape.extents.map(JSON.integer))),
          ("data_offsets", .list([.integer(offset), .integer(end)])),
        ])
      )
    }
    var header = Array(JSON.object(members).text.utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes = littleEndian(UInt64(header.count)) + header
    bytes.reserveCapacity(bytes.count + offset)
    for tensor in network.tensors {
      for value in network[tensor] { bytes += littleEndian(value.bitPattern) }
    }
    return bytes
  }

  /// Puts a file's tensors into a network of the same layers.
  /// - Throws: `Refusal` when a name, a shape or a length is wrong; the network is as it was then.
  package static func decode(_ bytes: [UInt8], into network: inout Network, path: String) throws(Refusal) {
    let header = try header(bytes, path)
    for name in header.entries.keys.sorted() where !network.tensors.contains(where: { $0.name == name }) {
      throw .unknownName(path, name, network)
    }
    var draft = network
    var places: [Int: WeightSlot] = [:]
    for tensor in network.tensors {
      guard let entry = header.entries[tensor.name] else { throw .missingName(path, tensor) }
      draft[tensor] = try values(entry, tensor, bytes, header, path)
      if places.updateValue(tensor, forKey: entry.data_offsets[0]) != nil { throw .wrongOffsets(path, tensor) }
    }
    let end = try checkGapless(places, path)
    guard header.start + end == bytes.count else { throw .wrongLength(path, bytes.count, header.start + end) }
    network = draft
  }

  /// Where the last tensor ends, if each begins where the one before it does.
  private static func checkGapless(_ places: [Int: WeightSlot], _ path: String) throws(Refusal) -> Int {
    var end = 0
    for (start, tensor) in places.sorted(by: { $0.key < $1.key }) {
      guard start == end else { throw .wrongOffsets(path, tensor) }
      end += tensor.count * 4
    }
    return end
  }

  private static func header(_ bytes: [UInt8], _ path: String) throws(Refusal) -> Header {
    guard bytes.count >= 8 else { throw .noHeader(path, "it has \(bytes.count) bytes") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= longestHeader, length <= bytes.count - 8 else {
      throw .noHeader(path, "its header would be \(length) bytes long, and the file has \(bytes.count)")
    }
    let start = 8 + Int(length)
    do {
      var members = try JSONDecoder().decode([String: Member].self, from: Data(bytes[8..<start]))
      members["__metadata__"] = nil
      return Header(entries: members.compactMapValues(\.entry), start: start)
    } catch {
      throw .noHeader(path, "its header is not what the format asks for")
    }
  }

  /// A tensor, or the texts under `__metadata__`.
  private struct Member: Decodable {
    let entry: Entry?

    init(from decoder: any Decoder) throws {
      entry = decoder.codingPath.last?.stringValue == "__metadata__" ? nil : try Entry(from: decoder)
    }
  }

  private static func values(
    _ entry: Entry, _ tensor: WeightSlot, _ bytes: [UInt8], _ header: Header, _ path: String
  ) throws(Refusal) -> [Float] {
    guard entry.dtype == "F32" else { throw .wrongType(path, tensor, entry.dtype) }
    guard entry.shape == tensor.weight.shape.extents else { throw .wrongShape(path, tensor, Shape(entry.shape)) }
    let room = bytes.count - header.start
    guard entry.data_offsets.count == 2, entry.data_offsets[0] >= 0, entry.data_offsets[1] >= entry.data_offsets[0],
      entry.data_offsets[1] <= room, entry.data_offsets[1] - entry.data_offsets[0] == tensor.count * 4
    else { throw .wrongOffsets(path, tensor) }
    let start = header.start + entry.data_offsets[0]
    return bytes.withUnsafeBytes { buffer in
      (0..<tensor.count).map { index in
        let bits = buffer.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

extension Refusal {
  fileprivate static func noHeader(_ path: String, _ why: String) -> Refusal {
    Refusal("\(path) is not a safetensors file: \(why)")
  }
  fileprivate static func unknownName(_ path: String, _ name: String, _ network: Network) -> Refusal {
    let names = network.tensors.map(\.name).joined(separator: ", ")
    return Refusal("\(path) holds \(name), which this network does not have; it has \(names)", hint: "summary")
  }
  fileprivate static func missingName(_ path: String, _ tensor: WeightSlot) -> Refusal {
    Refusal("\(path) lacks \(tensor.name) \(tensor.weight.shape)", hint: "summary")
  }
  fileprivate static func wrongType(_ path: String, _ tensor: WeightSlot, _ type: String) -> Refusal {
    Refusal("\(path): \(tensor.name) is of type \(type), expected F32")
  }
  fileprivate static func wrongShape(_ path: String, _ tensor: WeightSlot, _ shape: Shape) -> Refusal {
    Refusal("\(path): \(tensor.name) has the shape \(shape), expected \(tensor.weight.shape)", hint: "summary")
  }
  fileprivate static func wrongOffsets(_ path: String, _ tensor: WeightSlot) -> Refusal {
    Refusal("\(path): the bytes of \(tensor.name) are not where its header says")
  }
  fileprivate static func wrongLength(_ path: String, _ got: Int, _ expected: Int) -> Refusal {
    Refusal("\(path) has \(got) bytes, expected \(expected)")
  }
}
