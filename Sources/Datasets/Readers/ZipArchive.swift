import CZlib
import Engine
import Files
import Glibc
import Grammar

/// A zip archive (PKWARE APPNOTE 6.3), as far as NumPy, EMNIST and Keras use it: stored and deflated members up to
/// 4 GB.
///
/// Members are only ever read by their name, never written under it.
package final class ZipArchive {
  package struct Member: Equatable {
    package let name: String
    fileprivate let method: UInt16
    fileprivate let sum: UInt32
    /// Bytes in the archive.
    fileprivate let packed: Int
    /// Bytes that it holds.
    package let size: Int
    /// Where its own header begins.
    fileprivate let place: Int
  }

  /// Members at most; real archives of arrays have a handful.
  private static let maximum = 10_000
  /// Deflate shrinks at most this much (zlib technical details, "maximum compression factor").
  private static let largestRatio = 1032
  private static let stored: UInt16 = 0
  private static let deflated: UInt16 = 8

  package let path: String
  package private(set) var members: [Member] = []
  private let file: Int32
  private let size: Int

  /// Reads the directory at the archive's end.
  /// - Throws: `Refusal` when it is no archive, is cut off, or plays tricks with names, sizes or places.
  package init(_ path: String) throws(Refusal) {
    self.path = path
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    var status = stat()
    size = fstat(file, &status) == 0 ? Int(status.st_size) : 0
    guard status.st_mode & S_IFMT == S_IFREG else { throw Refusal(FileError(path, .notAFile)) }
    guard let kind = FileReader.kind(of: path), [.zip, .npz, .keras, .torch].contains(kind) else {
      throw Refusal("\(path) is no zip archive" + (FileReader.kind(of: path).map { " but \($0.phrase)" } ?? ""))
    }
    members = try directory()
    try checkPlaces()
  }

  deinit { if file >= 0 { close(file) } }

  package subscript(name: String) -> Member? { members.first { $0.name == name } }

  private func directory() throws(Refusal) -> [Member] {
    // The end record has 22 bytes and a comment of up to 65,535 behind it.
    let tail = try bytes(at: max(0, size - 65_557), count: min(size, 65_557))
    let mark: [UInt8] = [0x50, 0x4B, 5, 6]
    guard let end = (0...max(0, tail.count - 22)).reversed().first(where: { tail[$0...].starts(with: mark) }),
      tail.count >= 22
    else { throw Refusal("\(path) is cut off: the list of what the archive holds is missing") }
    let (count, length, start) = (tail.number(end + 10, 2), tail.number(end + 12, 4), tail.number(end + 16, 4))
    guard count < 0xFFFF, start < 0xFFFF_FFFF else { throw .tooLarge(path) }
    guard count <= ZipArchive.maximum else {
      throw Refusal("\(path) holds \(count) members; expected at most \(ZipArchive.maximum)")
    }
    guard length <= size, start <= size - length else { throw .brokenDirectory(path) }
    let list = try bytes(at: start, count: length)
    var (members, place) = ([Member](), 0)
    for _ in 0..<count { members.append(try member(list, &place)) }
    return members
  }

  private func member(_ list: [UInt8], _ place: inout Int) throws(Refusal) -> Member {
    guard place + 46 <= list.count, list[place...].starts(with: [0x50, 0x4B, 1, 2] as [UInt8]) else {
      throw .brokenDirectory(path)
    }
    func number(_ offset: Int, _ count: Int) -> Int { list.number(place + offset, count) }
    let (nameLength, rest) = (number(28, 2), number(30, 2) + number(32, 2))
    guard place + 46 + nameLength + rest <= list.count else { throw .brokenDirectory(path) }
    let name = String(decoding: list[place + 46..<place + 46 + nameLength], as: UTF8.self)
    let member = Member(
      name: name, method: UInt16(number(10, 2)), sum: UInt32(number(16, 4)), packed: number(20, 4), size: number(24, 4),
      place: number(42, 4))
    if number(8, 2) & 1 != 0 { throw Refusal("\(path): \(name.visible) is encrypted, which cannot be read") }
    guard member.packed < 0xFFFF_FFFF, member.size < 0xFFFF_FFFF, member.place < 0xFFFF_FFFF else {
      throw .tooLarge(path)
    }
    try check(name)
    place += 46 + nameLength + rest
    return member
  }

  /// Refuses names that would leave a folder if somebody unpacked the archive: it was made to harm.
  private func check(_ name: String) throws(Refusal) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.hasPrefix("/"), !parts.contains(".."), !name.contains("\\"), !name.contains("\0") else {
      throw Refusal("\(path) holds a member with the name \"\(name.visible)\", which leads out of the archive")
    }
  }

  /// Refuses members that share their bytes, with which a small archive can pretend to hold a huge amount.
  private func checkPlaces() throws(Refusal) {
    var names: Set<String> = []
    for member in members where !names.insert(member.name).inserted {
      throw Refusal("\(path) holds \(member.name.visible) twice")
    }
    let sorted = members.sorted { $0.place < $1.place }
    for (index, member) in sorted.enumerated() {
      let end = index + 1 < sorted.count ? sorted[index + 1].place : size
      guard member.place + 30 + member.packed <= end else {
        throw Refusal("\(path) is broken: \(member.name.visible) reaches into what follows it")
      }
      guard member.size <= max(64, member.packed) * ZipArchive.largestRatio else {
        throw Refusal(
          "\(path): \(member.name.visible) promises \(member.size) bytes, more than its \(member.packed) can hold")
      }
    }
  }

  /// What a member holds, its check sum verified.
  /// - Throws: `Refusal` when it is broken, or there is no memory for it.
  package func read(_ member: Member) throws(Refusal) -> [UInt8] {
    let name = "\(path): \(member.name.visible)"
    guard [ZipArchive.stored, ZipArchive.deflated].contains(member.method) else {
      throw Refusal("\(name) is packed by method \(member.method); expected 0 (stored) or 8 (deflated)")
    }
    let (need, isHuge) = member.size.addingReportingOverflow(member.packed)
    try Machine.require(isHuge ? nil : need, for: name, hint: "load digits")
    let head = try bytes(at: member.place, count: 30)
    guard head.starts(with: [0x50, 0x4B, 3, 4] as [UInt8]) else {
      throw Refusal("\(name) is broken: its header is missing")
    }
    let packed = try bytes(at: member.place + 30 + head.number(26, 2) + head.number(28, 2), count: member.packed)
    guard member.method == ZipArchive.deflated || member.packed == member.size,
      let content = member.method == ZipArchive.stored ? packed : Inflate.raw(packed, count: member.size)
    else { throw Refusal("\(name) is broken: it does not hold the \(member.size) bytes that it promises") }
    guard crc32_z(0, content, content.count) == UInt(member.sum) else {
      throw Refusal("\(name) is broken: its check sum is not that of its bytes")
    }
    return content
  }

  private func bytes(at place: Int, count: Int) throws(Refusal) -> [UInt8] {
    guard place >= 0, count >= 0, count <= size, place <= size - count else {
      throw Refusal("\(path) is cut off: it has \(size) bytes, and more are expected")
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress.map { $0 + done }, count - done, place + done)
      }
      if got > 0 {
        done += got
      } else if got == 0 || errno != EINTR {
        throw Refusal("\(path) changed while it was read")
      }
    }
    return bytes
  }
}

extension [UInt8] {
  /// The little-endian number of so many bytes at a place.
  func number(_ place: Int, _ count: Int) -> Int {
    self[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

extension String {
  /// At most 80 characters, those that move a cursor replaced.
  var visible: String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "·" : $0 }))
  }
}

extension Refusal {
  fileprivate static func brokenDirectory(_ path: String) -> Refusal {
    Refusal("\(path) is broken: the list of what the archive holds cannot be read")
  }
  fileprivate static func tooLarge(_ path: String) -> Refusal {
    Refusal("\(path) is an archive of the kind for more than 4 GB, which cannot be read")
  }
}
