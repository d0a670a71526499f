import CHDF5
import Datasets
import Engine
import Files
import Glibc
import Grammar

/// What an HDF5 file holds: arrays of numbers by their paths, and the texts that Keras keeps in attributes.
///
/// Read by libhdf5 in a process of its own, which can open nothing, has bounded memory and time, and may crash.
/// Whatever order of bytes the numbers have in the file, they come in the machine's.
package struct HDF5File: Sendable {
  package struct Array: Sendable {
    package let shape: [Int]
    package let numbers: Numbers

    package enum Numbers: Sendable {
      case floats([Float])
      case integers([Int64])
    }

    /// Its numbers in single precision.
    package var floats: [Float] {
      switch numbers {
      case .floats(let floats): floats
      case .integers(let integers): integers.map { Float($0) }
      }
    }
  }

  package let path: String
  /// Arrays by the path to them: `layers/dense/vars/0`.
  package private(set) var arrays: [String: Array] = [:]
  /// Texts of attributes by the path of their group, an `@` and their name: `model_weights@layer_names`.
  package private(set) var texts: [String: [String]] = [:]

  /// Bytes in texts at most, of a file that describes a model.
  static let longestTexts = 64 << 20

  /// - Parameter isStopRequested: asked now and then while nothing comes.
  /// - Throws: `Refusal` when libhdf5 is missing, or the bytes are no file that can be read to its end.
  package init(
    _ bytes: [UInt8], path: String, isStopRequested: @escaping () -> Bool = { false }
  ) throws(Refusal) {
    guard !bytes.isEmpty else { throw Refusal("\(path) is empty, and no HDF5 file") }
    if let failure = hdf5_load() { throw .noLibrary(String(cString: failure)) }
    // The process copies the bytes, and what it reads is kept there and here.
    let room = bytes.count.multipliedReportingOverflow(by: 3)
    try Machine.require(room.overflow ? nil : room.partialValue, for: path, hint: "summary")
    let limit = max(0, Machine.available - bytes.count) / 3
    var child: pid_t = 0
    let seconds = Int32(clamping: 10 + bytes.count / (20 << 20))
    let pipe = hdf5_start_reading(bytes, bytes.count, limit, seconds, &child)
    guard pipe >= 0 else {
      throw Refusal("\(path) cannot be read: no process can be started for it: \(String(cString: strerror(errno)))")
    }
    let patience = Patience(seconds: seconds, isStopRequested: isStopRequested)
    let outcome = Result { () throws(Refusal) in
      try HDF5File(records: pipe, path: path, limit: limit, patience: patience)
    }
    let signal = hdf5_stop_reading(pipe, child)
    guard let file = try outcome.get() else { throw .damaged(path, signal: signal) }
    self = file
  }

  /// Takes the records that a reading process writes; nil where they break off.
  /// - Parameters:
  ///   - records: the descriptor that they come from.
  ///   - limit: bytes that they may have.
  ///   - patience: how long they are waited for.
  /// - Throws: `Refusal` when they say why the file is not read, or do not come.
  package init?(records: Int32, path: String, limit: Int, patience: Patience = Patience()) throws(Refusal) {
    var reading = Reading(pipe: records, path: path, bytesLeft: limit, patience: patience)
    guard try reading.read() else { return nil }
    (self.path, arrays, texts) = (path, reading.arrays, reading.texts)
  }

  /// The texts of an attribute whose list may be cut into parts with a number behind their names.
  func list(_ group: String, _ name: String) -> [String]? {
    if let whole = texts["\(group)@\(name)"] { return whole }
    guard var all = texts["\(group)@\(name)0"] else { return nil }
    var number = 1
    while let part = texts["\(group)@\(name)\(number)"] {
      all += part
      number += 1
    }
    return all
  }
}

/// How long a reading process is waited for: a busy machine gives it little of what it may have of a processor.
package struct Patience {
  /// Without a byte.
  package var seconds: Int32 = 10
  package var isStopRequested: () -> Bool = { false }
}

/// Takes the records that a reading process writes; it may have been led astray, so nothing of them is believed.
private struct Reading {
  let pipe: Int32
  let path: String
  var bytesLeft: Int
  let patience: Patience
  var arrays: [String: HDF5File.Array] = [:]
  var texts: [String: [String]] = [:]

  /// Reads all records; whether the last one was there.
  mutating func read() throws(Refusal) -> Bool {
    while true {
      var record = hdf5_record()
      guard try fill(&record, MemoryLayout<hdf5_record>.size) == MemoryLayout<hdf5_record>.size,
        let nameLength = Int(exactly: record.name_length), (0...4096).contains(nameLength),
        let name = try take(nameLength, of: UInt8.self).map({ String(decoding: $0, as: UTF8.self) }),
        let size = Int(exactly: record.bytes), size >= 0, size <= bytesLeft
      else { return false }
      bytesLeft -= size
      switch Int(record.kind) {
      case hdf5_end_of_file: return true
      case hdf5_refusal: throw .unread(path, Int(record.reason), name)
      case hdf5_texts:
        guard size <= HDF5File.longestTexts, let bytes = try take(size, of: UInt8.self) else { return false }
        texts[name] = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
          .map { String(decoding: $0, as: UTF8.self) }
      case hdf5_floats:
        guard let shape = shape(record, width: 4), let numbers = try take(size / 4, of: Float.self) else {
          return false
        }
        arrays[name] = .init(shape: shape, numbers: .floats(numbers))
      case hdf5_integers:
        guard let shape = shape(record, width: 8), let numbers = try take(size / 8, of: Int64.self) else {
          return false
        }
        arrays[name] = .init(shape: shape, numbers: .integers(numbers))
      default: return false
      }
    }
  }

  /// The extents of an array; nil when its bytes are not as many as they ask for.
  private func shape(_ record: hdf5_record, width: Int) -> [Int]? {
    let rank = Int(record.rank)
    guard (0...Int(hdf5_axes)).contains(rank) else { return nil }
    let extents = withUnsafeBytes(of: record.extents) { $0.bindMemory(to: Int64.self).prefix(rank).map { Int($0) } }
    guard extents.allSatisfy({ $0 >= 0 }) else { return nil }
    let (size, isHuge) = Shape(extents).count.multipliedReportingOverflow(by: width)
    return !isHuge && size == Int(record.bytes) ? extents : nil
  }

  private func take<Number: BitwiseCopyable>(_ count: Int, of type: Number.Type) throws(Refusal) -> [Number]? {
    let size = count * MemoryLayout<Number>.stride
    var outcome = Result<Int, Refusal>.success(0)
    let numbers = [Number](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let base = buffer.baseAddress, size > 0 else { return }
      outcome = Result { () throws(Refusal) in try fill(base, size) }
      filled = ((try? outcome.get()) ?? 0) / MemoryLayout<Number>.stride
    }
    _ = try outcome.get()
    return numbers.count == count ? numbers : nil
  }

  /// Reads so many bytes; fewer only at their end.
  private func fill(_ base: UnsafeMutableRawPointer, _ count: Int) throws(Refusal) -> Int {
    var taken = 0
    while taken < count, try awaits() {
      let more = Glibc.read(pipe, base + taken, count - taken)
      if more > 0 { taken += more } else if more == 0 || errno != EINTR { break }
    }
    return taken
  }

  /// Milliseconds between two looks at the keyboard.
  private static let pause: Int32 = 100

  /// Waits for bytes or their end; whether that can be waited for.
  private func awaits() throws(Refusal) -> Bool {
    for _ in 0...patience.seconds * 1000 / Reading.pause {
      if patience.isStopRequested() { throw .stopped }
      var awaited = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let count = poll(&awaited, 1, Reading.pause)
      if count != 0, count > 0 || errno != EINTR { return count > 0 }
    }
    throw .damaged(path, signal: SIGXCPU)
  }
}

extension Refusal {
  /// - Parameter reason: what the loader said.
  static func noLibrary(_ reason: String) -> Refusal {
    Refusal("files of Keras need HDF5, which is not here: \(reason)", hint: "apt install libhdf5-103-1")
  }
  fileprivate static func damaged(_ path: String, signal: Int32) -> Refusal {
    let how = signal == SIGXCPU || signal == SIGKILL ? "reading it took too long" : "HDF5 broke off where it reads it"
    return Refusal("\(path) is damaged: \(how)")
  }
  fileprivate static func unread(_ path: String, _ reason: Int, _ name: String) -> Refusal {
    let what = name.isEmpty ? "its first group" : name.shown
    switch reason {
    case hdf5_no_file: return Refusal("\(path) is no HDF5 file, or is cut off")
    case hdf5_external_link: return Refusal("\(path): \(what) leads to another file, which is not read")
    case hdf5_soft_link: return Refusal("\(path): \(what) only names another place, which is not followed")
    case hdf5_external_storage: return Refusal("\(path): \(what) keeps its numbers in other files, which are not read")
    case hdf5_unknown_filter:
      return Refusal("\(path): \(what) is packed in a way that is not read; gzip, shuffle and fletcher32 are")
    case hdf5_missing_bytes:
      return Refusal("\(path): \(what) promises more numbers than the file has bytes for")
    case hdf5_too_many_objects:
      return Refusal("\(path) holds too many groups, or groups inside groups without end, at \(what)")
    case hdf5_no_numbers: return Refusal("\(path): \(what) holds no numbers")
    case hdf5_beyond_limit: return Refusal("\(path): \(what) needs more memory than there is", hint: "summary")
    case hdf5_too_many_axes: return Refusal("\(path): \(what) has more than \(hdf5_axes) axes")
    case hdf5_long_name: return Refusal("\(path) holds a name that is too long, in \(what)")
    default: return Refusal("\(path) is damaged: \(what) cannot be read")
    }
  }
}
