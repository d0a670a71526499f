import CKernels

extension SparseRows.View {
  /// Makes the lists of one chunk of columns of some rows, as `list_groups` makes them of rows that are written out.
  /// - Parameters:
  ///   - indices: which rows.
  ///   - values: four numbers for every group that is not all 0, group after group.
  ///   - places: the row of each of them, from 0.
  ///   - starts: where each group's begin, and where the last one's end.
  func list(
    _ indices: UnsafePointer<Int>, rows: Int, width: Int, chunk: Int, _ values: UnsafeMutablePointer<Float>,
    _ places: UnsafeMutablePointer<Int32>, _ starts: UnsafeMutablePointer<Int32>
  ) {
    let (group, length) = (Int(KERNEL_GROUP), Int(KERNEL_CHUNK))
    let first = chunk * length * group
    let groups = min(length, (width - first + group - 1) / group)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: length) { next in
      next.initialize(repeating: 0)
      forEachGroup(indices, rows: rows, from: first) { _, place, _ in next[place] += 1 }
      var start: Int32 = 0
      for place in 0..<groups {
        (starts[place], start, next[place]) = (start, start + next[place], start)
      }
      starts[groups] = start
      forEachGroup(indices, rows: rows, from: first) { row, place, entries in
        let slot = Int(next[place])
        next[place] += 1
        places[slot] = Int32(row)
        let numbers = values + slot * group
        numbers.update(repeating: 0, count: group)
        for entry in entries { numbers[Int(self.indices[entry]) % group] = value(entry) }
      }
    }
  }

  /// Calls `body` for every group of a chunk that is not all 0, row by row: the row, the group, and its entries.
  @inline(__always)
  private func forEachGroup(
    _ indices: UnsafePointer<Int>, rows: Int, from first: Int, _ body: (Int, Int, Range<Int>) -> Void
  ) {
    let (group, last) = (Int(KERNEL_GROUP), first + Int(KERNEL_CHUNK) * Int(KERNEL_GROUP))
    for row in 0..<rows {
      var entry = entry(of: indices[row], from: first)
      let end = starts[indices[row] + 1]
      while entry < end, Int(self.indices[entry]) < last {
        let place = (Int(self.indices[entry]) - first) / group
        var next = entry + 1
        while next < end, Int(self.indices[next]) / group == (first / group + place) { next += 1 }
        body(row, place, entry..<next)
        entry = next
      }
    }
  }
}
