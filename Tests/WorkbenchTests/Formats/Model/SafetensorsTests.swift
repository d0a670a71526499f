import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Weights in files")
struct SafetensorsTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// A network of 2 and 10 units, untrained; its file has four tensors.
  private static let small: Session = {
    var bench = Bench(.loaded)
    for line in ["add dense 2 relu", "add dense 10 softmax", "compile sgd"] { bench.run(line) }
    return bench.session
  }()

  private func bench() -> Bench {
    var bench = Bench()
    bench = Bench(session: SafetensorsTests.small)
    return bench
  }

  /// A file with this header and so many bytes behind it.
  private func file(_ header: String, data: [UInt8], length: UInt64? = nil) -> [UInt8] {
    withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Array($0) } + Array(header.utf8) + data
  }

  private static let entries = [
    #""1.dense.kernel":{"dtype":"F32","shape":[784,2],"data_offsets":[0,6272]}"#,
    #""1.dense.bias":{"dtype":"F32","shape":[2],"data_offsets":[6272,6280]}"#,
    #""2.dense.kernel":{"dtype":"F32","shape":[2,10],"data_offsets":[6280,6360]}"#,
    #""2.dense.bias":{"dtype":"F32","shape":[10],"data_offsets":[6360,6400]}"#,
  ]
  private static let data = [UInt8](repeating: 0, count: 6400)

  /// The header with one of its texts replaced.
  private func header(_ old: String = "", _ new: String = "") -> String {
    let text = "{" + SafetensorsTests.entries.joined(separator: ",") + "}"
    return old.isEmpty ? text : text.replacingOccurrences(of: old, with: new)
  }

  @Test("saved weights come back bit by bit, into a network that was reset")
  func roundTrip() throws {
    var bench = Bench(.trained)
    let learnt = Footprint(bench.session).weights
    bench.run("save weights \(folder["a.safetensors"])")
    bench.run("reset")
    #expect(Footprint(bench.session).weights != learnt)
    bench.run("load weights \(folder["a.safetensors"])")
    #expect(Footprint(bench.session).weights == learnt)
    bench.run("undo")
    #expect(Footprint(bench.session).weights != learnt)
  }

  @Test("a file has the layout of the format: length, header in JSON padded to eight, tensors in order without gaps")
  func layout() throws {
    var bench = bench()
    bench.run("save weights \(folder["a.safetensors"])")
    let bytes = try folder.bytes("a.safetensors")
    let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0)
    #expect(bytes.count == 8 + length + 6400)
    #expect(String(decoding: bytes[8..<8 + length], as: UTF8.self).hasPrefix(header()))
    let first = try #require(bench.session.network?.values.first)
    #expect(
      Array(bytes[(8 + length)..<(12 + length)]) == withUnsafeBytes(of: first.bitPattern.littleEndian) { Array($0) })
  }

  @Test("texts under __metadata__ and members in another order are accepted")
  func metadata() throws {
    var bench = bench()
    let reversed =
      "{\"__metadata__\":{\"format\":\"pt\"}," + SafetensorsTests.entries.reversed().joined(separator: ",") + "}   "
    bench.run("load weights \(try folder.write(file(reversed, data: SafetensorsTests.data), to: "a.safetensors"))")
    #expect(bench.session.network?.values.allSatisfy { $0 == 0 } == true)
  }

  /// What is done to the header, and what is said of it.
  static let corrupted: [(old: String, new: String, says: String)] = [
    ("1.dense.kernel", "1.dense.kern", "holds 1.dense.kern, which this network does not have; it has 1.dense.kernel"),
    ("2.dense.bias", "3.dense.bias", "holds 3.dense.bias"),
    ("\"2.dense.bias\":", "\"__metadata__\":", "lacks 2.dense.bias 10"),
    ("[784,2]", "[2,784]", "1.dense.kernel has the shape 2×784, expected 784×2"),
    ("[784,2]", "[1568]", "has the shape 1568, expected 784×2"),
    ("[784,2]", "[]", "expected 784×2"),
    ("[784,2]", "[-784,-2]", "expected 784×2"),
    ("[784,2]", "[9223372036854775807,9223372036854775807]", "expected 784×2"),
    ("[784,2]", "[784.5,2]", "its header is not what the format asks for"),
    ("\"F32\"", "\"F64\"", "is of type F64, expected F32"),
    ("\"F32\"", "\"F16\"", "the bytes of 1.dense.kernel are not where its header says"),
    ("\"F32\"", "32", "its header is not what the format asks for"),
    ("[0,6272]", "[0,6271]", "the bytes of 1.dense.kernel are not where its header says"),
    ("[0,6272]", "[6272,0]", "the bytes of 1.dense.kernel are not where"),
    ("[0,6272]", "[-8,6264]", "the bytes of 1.dense.kernel are not where"),
    ("[0,6272]", "[128,6400]", "are not where its header says"),
    ("[0,6272]", "[0]", "the bytes of 1.dense.kernel are not where"),
    ("[0,6272]", "[0,6272,6272]", "the bytes of 1.dense.kernel are not where"),
    ("[0,6272]", "[5,-9223372036854775808]", "the bytes of 1.dense.kernel are not where"),
    ("[0,6272]", "[9223372036854771712,9223372036854775807]", "the bytes of 1.dense.kernel are not where"),
    ("[0,6272]", "[0,99999999999999999999]", "its header is not what the format asks for"),
    ("[6360,6400]", "[6280,6320]", "are not where its header says"),
    ("[6272,6280]", "[6392,6400]", "are not where its header says"),
    ("{\"1", "[\"1", "its header is not what the format asks for"),
    ("}}", "}", "its header is not what the format asks for"),
    ("\"dtype\"", "\"type\"", "its header is not what the format asks for"),
  ]

  @Test("a header with a wrong name, shape, type or place is refused, and nothing changes", arguments: corrupted)
  func wrongHeader(old: String, new: String, says: String) throws {
    let text = header(old, new)
    #expect(text != header())
    try refuses(file(text, data: SafetensorsTests.data), says: says)
  }

  @Test("numbers of half as many bits are widened", arguments: [("F16", [0x00, 0x3C]), ("BF16", [0x80, 0x3F])])
  func halves(type: String, one: [UInt8]) throws {
    let text =
      "{"
      + SafetensorsTests.entries.map { entry in
        let halved = entry.replacingOccurrences(of: "F32", with: type)
        return [6400, 6360, 6280, 6272].reduce(halved) {
          $0.replacingOccurrences(of: "\($1)]", with: "\($1 / 2)]").replacingOccurrences(
            of: "[\($1),", with: "[\($1 / 2),")
        }
      }.joined(separator: ",") + "}"
    let data = [[UInt8]](repeating: one, count: 1600).flatMap { $0 }
    let path = try folder.write(file(text, data: data), to: "half.safetensors")
    var bench = bench()
    bench.run("load weights \(path)")
    let network = try #require(bench.session.network)
    #expect(network.tensors.allSatisfy { network[$0].allSatisfy { $0 == 1 } })
  }

  @Test("a file of another length is refused")
  func length() throws {
    try refuses(file(header(), data: SafetensorsTests.data + [0]), says: "bytes, expected")
    try refuses(file(header(), data: SafetensorsTests.data.dropLast()), says: "the bytes of 2.dense.bias are not where")
    try refuses(file(header(), data: [], length: 100_000_001), says: "its header would be 100000001 bytes long")
    try refuses(file(header(), data: [], length: .max), says: "its header would be 18446744073709551615 bytes long")
    try refuses(file("hello, world", data: []), says: "its header is not what the format asks for")
    try refuses(file("", data: []), says: "its header is not what the format asks for")
    try refuses([], says: "it has 0 bytes")
    try refuses([UInt8](repeating: 0, count: 2 << 20), says: "has 2097152 bytes; expected at most")
  }

  @Test("a file cut off anywhere in its header is refused")
  func cut() throws {
    let whole = file(header(), data: SafetensorsTests.data)
    for length in 0..<(8 + header().utf8.count) { try refuses(Array(whole[..<length]), says: "not a safetensors file") }
  }

  private func refuses(_ bytes: [UInt8], says: String) throws {
    let path = try folder.write(bytes, to: "bad.safetensors")
    var bench = bench()
    let before = Footprint(bench.session)
    let diagnostic = try bench.refuse("load weights \(path)")
    #expect(diagnostic.message.contains(says), "\(diagnostic.message)")
    #expect(diagnostic.message.contains(path))
    #expect(Footprint(bench.session) == before)
  }
}
