import Fuzzing
import Glibc

/// The reader that the environment names, as `SUMI_READER=idx`, in a folder in memory.
private let target: (reader: Reader, place: Workplace) = {
  let name = getenv("SUMI_READER").map { String(cString: $0) } ?? ""
  guard let reader = Reader.all.first(where: { $0.name == name }) else {
    print("SUMI_READER names one of: \(Reader.all.map(\.name).joined(separator: ", "))")
    exit(2)
  }
  return (reader, Workplace())
}()

/// What libFuzzer calls with bytes of its own making; it watches which branches they reach.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.reader.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
