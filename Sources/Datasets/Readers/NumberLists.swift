/// Lists of whole numbers, one after the other, such as reviews whose words are numbers.
struct NumberLists: Equatable, Sendable {
  /// Where each list begins, and where the last one ends.
  private(set) var starts = [0]
  private(set) var values: [Int32] = []

  var count: Int { starts.count - 1 }

  /// One of the lists.
  subscript(index: Int) -> ArraySlice<Int32> { values[starts[index]..<starts[index + 1]] }

  mutating func append(_ list: some Sequence<Int32>) {
    values.append(contentsOf: list)
    starts.append(values.count)
  }
}
