/// Rows of which most numbers are 0, as lists of the places where they are not: words of a text, each once or counted.
/// `[count, width]` in compressed rows, as in SciPy's `csr_matrix`.
///
/// 25,000 texts of 10,000 possible words, 200 of them in each, take 20 MB instead of a gigabyte.
public struct SparseRows: Sendable {
  /// Numbers in a row, most of them 0.
  public let width: Int
  /// Where each row begins in `indices`, and where the last one ends.
  let starts: SharedBuffer<Int>
  /// The places that are not 0, rising in each row.
  let indices: SharedBuffer<Int32>
  /// The numbers at those places; all 1 when nil.
  let values: Floats?

  /// - Parameters:
  ///   - lists: the places of each row in any order; those that come several times count once.
  ///   - isCounted: whether the number at a place is how often it comes, instead of 1.
  /// - Precondition: every place is below `width`, which is no more than 2³¹ − 1.
  public init(width: Int, _ lists: some Collection<[Int]>, isCounted: Bool = false) {
    var (starts, indices, counts): ([Int], [Int32], [Float]) = ([0], [], [])
    starts.reserveCapacity(lists.count + 1)
    for list in lists {
      var last = -1
      for place in list.sorted() {
        precondition(place >= 0 && place < width, "places lie inside a row")
        if place == last {
          if isCounted { counts[counts.count - 1] += 1 }
          continue
        }
        indices.append(Int32(place))
        if isCounted { counts.append(1) }
        last = place
      }
      starts.append(indices.count)
    }
    self.width = width
    self.starts = SharedBuffer(starts)
    self.indices = SharedBuffer(indices)
    values = isCounted ? Floats(counts) : nil
  }

  public var count: Int { starts.count - 1 }

  public var byteCount: Int { starts.byteCount + indices.byteCount + (values?.byteCount ?? 0) }

  /// The places of a row that are not 0, rising, and the numbers there.
  public func entries(of row: Int) -> [(place: Int, value: Float)] {
    let ends = starts[row..<row + 2]
    let places = indices[ends[0]..<ends[1]]
    let numbers = values?[ends[0]..<ends[1]]
    return places.indices.map { (Int(places[$0]), numbers?[$0] ?? 1) }
  }

  /// Views of all arrays, held for the time.
  func withView<Result>(_ body: (View) -> Result) -> Result {
    starts.withUnsafeBufferPointer { starts in
      indices.withUnsafeBufferPointer { indices in
        guard let values else { return body(View(starts: starts, indices: indices, values: nil)) }
        return values.withUnsafeBufferPointer { body(View(starts: starts, indices: indices, values: $0)) }
      }
    }
  }

  /// The arrays, only to be read.
  struct View: @unchecked Sendable {
    let starts: UnsafeBufferPointer<Int>
    let indices: UnsafeBufferPointer<Int32>
    let values: UnsafeBufferPointer<Float>?

    @inline(__always)
    func value(_ entry: Int) -> Float { values.map { $0[entry] } ?? 1 }

    /// Writes a row out, `[width]`.
    func expand(_ row: Int, into target: FloatSpan) {
      target.fill(0)
      for entry in starts[row]..<starts[row + 1] { target[Int(indices[entry])] = value(entry) }
    }

    /// The first entry of a row whose place is not below `place`.
    func entry(of row: Int, from place: Int) -> Int {
      var (low, high) = (starts[row], starts[row + 1])
      while low < high {
        let middle = (low + high) / 2
        if Int(indices[middle]) < place { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
