import Files
import FoundationEssentials
import Glibc
import Grammar
import Schemas
import SwiftProtobuf

/// A file of TensorBoard's that grows by one record an event: length, its sum, the event, its sum (TFRecord).
public struct EventFile {
  public let path: String

  /// Begins a file in a folder, which is made where it is not there.
  /// - Parameter time: seconds since 1970, which also tell one file from the next.
  /// - Throws: `Refusal` when nothing can be written there.
  public init(in folder: String, time: Double) throws(Refusal) {
    do throws(FileError) { try Folders.make(folder) } catch { throw Refusal(error) }
    path = "\(folder)/events.out.tfevents.\(UInt64(max(0, min(time, 1e12)))).sumi"
    var event = Tensorboard_Event()
    (event.wallTime, event.fileVersion) = (time, "brain.Event:2")
    try append(event)
  }

  /// Adds figures of one step.
  public func append(_ summary: BoardSummary, step: Int, time: Double) throws(Refusal) {
    var event = Tensorboard_Event()
    (event.wallTime, event.step, event.summary) = (time, Int64(step), summary.message)
    try append(event)
  }

  private func append(_ event: Tensorboard_Event) throws(Refusal) {
    let bytes: [UInt8]
    do { bytes = try event.serializedBytes() } catch { throw Refusal("\(path): \(error)") }
    let record = EventFile.record(bytes)
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .unwritable(path) }
    defer { close(file) }
    // In one piece, so that whoever reads meanwhile finds whole records.
    guard record.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == record.count else {
      throw .unwritable(path)
    }
  }

  static func record(_ bytes: [UInt8]) -> [UInt8] {
    let length = little(UInt64(bytes.count))
    return length + little(CRC32C.masked(length)) + bytes + little(CRC32C.masked(bytes))
  }

  private static func little<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
    withUnsafeBytes(of: word.littleEndian) { Array($0) }
  }
}

extension Refusal {
  fileprivate static func unwritable(_ path: String) -> Refusal {
    Refusal("\(path) cannot be written: \(String(cString: strerror(errno)))", hint: "set tensorboard none")
  }
}

extension EventFile {
  /// The numbers of the runs that a folder holds, `run-1` and so on.
  public static func runs(in folder: String) -> [Int] {
    (Folders.names(in: folder) ?? []).compactMap { $0.hasPrefix("run-") ? Int($0.dropFirst(4)) : nil }
      .filter { $0 < 1 << 30 }
  }
}
