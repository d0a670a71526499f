/// Memory for floats that holds 32-bit integers instead.
struct Integers: @unchecked Sendable {
  let base: UnsafeMutablePointer<Int32>

  init(_ memory: FloatSpan) {
    base = UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: Int32.self)
  }
}
