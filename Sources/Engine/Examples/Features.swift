import Grammar
import Synchronization

/// What a network gets of each example, in the form that costs least.
public enum Features: Sendable {
  /// Bytes and what they stand for, `[examples, shape]`.
  case bytes(Bytes, ByteScale)
  /// Numbers as the network gets them, `[examples, shape]`.
  case floats(Floats)
  /// Lists of what is not 0, `[examples, width]`.
  case lists(SparseRows)
  /// Numbers that are read when they are wanted, `[examples, shape]`.
  case source(any BatchSource)

  /// Whether every row is a list of what is not 0.
  var isSparse: Bool { if case .lists = self { true } else { false } }

  /// Numbers in all, those that are 0 in lists included.
  var count: Int {
    switch self {
    case .bytes(let bytes, _): bytes.count
    case .floats(let floats): floats.count
    case .lists(let lists): lists.count * lists.width
    case .source(let source): source.count
    }
  }

  /// The memory that they take, counted once however many examples share it.
  var held: [ObjectIdentifier: Int] {
    switch self {
    case .bytes(let bytes, _): [ObjectIdentifier(bytes): bytes.byteCount]
    case .floats(let floats): [ObjectIdentifier(floats): floats.byteCount]
    case .lists(let lists): [ObjectIdentifier(lists.indices): lists.byteCount]
    case .source(let source): [ObjectIdentifier(source): source.byteCount]
    }
  }

  /// The numbers of one example of `size` numbers, as the network gets them; NaN where they cannot be read any more.
  func numbers(of index: Int, size: Int) -> [Float] {
    switch self {
    case .bytes(let bytes, let scale): return bytes[index * size..<(index + 1) * size].map { scale[$0] }
    case .floats(let floats): return floats[index * size..<(index + 1) * size]
    case .lists(let lists):
      var numbers = [Float](repeating: 0, count: size)
      for (place, value) in lists.entries(of: index) { numbers[place] = value }
      return numbers
    case .source(let source):
      var numbers = [Float](repeating: 0, count: size)
      let isRead = numbers.withUnsafeMutableBufferPointer { numbers in
        (try? source.read(index, into: FloatSpan(numbers, 0..<size))) != nil
      }
      return isRead ? numbers : [Float](repeating: .nan, count: size)
    }
  }

  /// Tells that these rows will be wanted next.
  func readAhead(_ rows: ArraySlice<Int>) { if case .source(let source) = self { source.readAhead(rows) } }

  /// Writes the given examples of `size` numbers each, `[rows, size]`.
  /// - Throws: `Refusal` when they cannot be read any more.
  func gather(_ rows: ArraySlice<Int>, size: Int, into input: FloatSpan, threads: Threads) throws(Refusal) {
    let first = rows.startIndex
    switch self {
    case .bytes(let bytes, let scale):
      Features.withBytes(bytes, scale) { bytes, scale in
        // Only read, while this call lasts.
        nonisolated(unsafe) let (bytes, scale) = (bytes, scale)
        threads.split(rows.count, into: 16) { range in
          for row in range {
            kernels.read_bytes(bytes + rows[first + row] * size, scale, size, input.base + row * size)
          }
        }
      }
    case .floats(let floats):
      floats.withUnsafeBufferPointer { floats in
        guard let base = floats.baseAddress else { return }
        nonisolated(unsafe) let source = base
        threads.split(rows.count, into: 16) { range in
          for row in range { (input.base + row * size).update(from: source + rows[first + row] * size, count: size) }
        }
      }
    case .lists(let lists):
      lists.withView { view in
        threads.split(rows.count, into: 16) { range in
          for row in range { view.expand(rows[first + row], into: input.part(row * size, count: size)) }
        }
      }
    case .source(let source): try Features.gather(source, rows, size: size, into: input, threads: threads)
    }
  }

  /// Reads rows on all threads.
  private static func gather(
    _ source: any BatchSource, _ rows: ArraySlice<Int>, size: Int, into input: FloatSpan, threads: Threads
  ) throws(Refusal) {
    let first = rows.startIndex
    let failure = Mutex<Refusal?>(nil)
    threads.split(rows.count, into: 16) { range in
      do throws(Refusal) {
        for row in range { try source.read(rows[first + row], into: input.part(row * size, count: size)) }
      } catch { failure.withLock { $0 = error } }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// All bytes, and the numbers as which the 256 bytes are read, held for the time.
  static func withBytes(
    _ bytes: Bytes, _ scale: ByteScale, _ body: (UnsafePointer<UInt8>, UnsafePointer<Float>) -> Void
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      scale.numbers.withUnsafeBufferPointer { scale in
        guard let bytes = bytes.baseAddress, let scale = scale.baseAddress else { return }
        body(bytes, scale)
      }
    }
  }
}
