import Fuzzing
import Glibc

/// The folder in memory that readers of files need; libFuzzer calls from one thread alone.
private nonisolated(unsafe) let workplace = Workplace()

/// The reader that the environment names, as `SUMI_READER=idx`.
private let target: Reader = {
  let name = getenv("SUMI_READER").map { String(cString: $0) } ?? ""
  let readers = Reader.all + Reader.unconfined
  guard let reader = readers.first(where: { $0.name == name }) else {
    print("SUMI_READER names one of: \(readers.map(\.name).joined(separator: ", "))")
    exit(2)
  }
  _ = workplace
  return reader
}()

/// What libFuzzer calls with bytes of its own making; it watches which branches they reach.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
