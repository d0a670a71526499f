/// The order of a tensor's numbers when its axes change places.
struct Transposition {
  private let extents: [Int]
  private let strides: [Int]

  /// - Parameters:
  ///   - view: the extents as the numbers lie, the last running fastest.
  ///   - axes: the axes in their new order.
  init(_ view: [Int], _ axes: [Int]) {
    var lengths = [Int](repeating: 1, count: view.count)
    for axis in view.indices.dropLast().reversed() { lengths[axis] = lengths[axis + 1] * view[axis + 1] }
    (extents, strides) = (axes.map { view[$0] }, axes.map { lengths[$0] })
  }

  func apply(_ values: [Float]) -> [Float] {
    var turned = values
    forEach { turned[$0] = values[$1] }
    return turned
  }

  func invert(_ values: [Float]) -> [Float] {
    var turned = values
    forEach { turned[$1] = values[$0] }
    return turned
  }

  /// Every place in the new order, with the place in the old.
  private func forEach(_ body: (Int, Int) -> Void) {
    var (index, source) = ([Int](repeating: 0, count: extents.count), 0)
    for target in 0..<extents.reduce(1, *) {
      body(target, source)
      for axis in extents.indices.reversed() {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < extents[axis] { break }
        source -= strides[axis] * extents[axis]
        index[axis] = 0
      }
    }
  }
}
