import Files
import FoundationEssentials
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
    do throws(FileError) { try AppendedFile(path, mode: 0o644).append(record) } catch {
      throw Refusal(error.message, hint: "set tensorboard none")
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

extension EventFile {
  /// The numbers of the runs that a folder holds, `run-1` and so on.
  public static func runs(in folder: String) -> [Int] {
    (Folders.names(in: folder) ?? []).compactMap { $0.hasPrefix("run-") ? Int($0.dropFirst(4)) : nil }
      .filter { $0 < 1 << 30 }
  }
}
