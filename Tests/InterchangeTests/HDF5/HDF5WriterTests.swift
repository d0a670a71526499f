import Engine
import Testing

@testable import Interchange

@Suite("Files of HDF5, written")
struct HDF5WriterTests {
  @Test("arrays, whole numbers and groups come back")
  func roundTrip() throws {
    let writer = try HDF5Writer(path: "a.h5")
    try writer.add("one/two/0", shape: [2, 2], [1, -2, 0.5, .pi])
    try writer.add("one/scalar", shape: [], [7])
    try writer.add("count", integer: 12)
    try writer.add(group: "one/empty")
    let file = try HDF5File(try writer.bytes(), path: "a.h5")
    #expect(file.arrays.keys.sorted() == ["count", "one/scalar", "one/two/0"])
    #expect(file.arrays["one/two/0"]?.shape == [2, 2])
    #expect(file.arrays["one/two/0"]?.floats == [1, -2, 0.5, .pi])
    #expect(file.arrays["one/scalar"]?.shape == [])
    guard case .integers([12])? = file.arrays["count"]?.numbers else {
      Issue.record("the count is \(String(describing: file.arrays["count"]))")
      return
    }
  }

  @Test("the same numbers give the same bytes")
  func isRepeatable() throws {
    func bytes() throws -> [UInt8] {
      let writer = try HDF5Writer(path: "a.h5")
      try writer.add("a/0", shape: [3], [1, 2, 3])
      return try writer.bytes()
    }
    #expect(try bytes() == bytes())
  }
}
