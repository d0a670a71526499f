import Engine

/// What operators that only shape make of extents, those of values and those of constants.
enum ONNXExtents {
  /// Extents of a reshape, its 0 and −1 filled in; nil where they do not hold so many numbers.
  static func reshaped(_ there: [Int], to wanted: [Int], count: Int) -> [Int]? {
    var extents = wanted
    for place in extents.indices where extents[place] == 0 {
      guard place < there.count else { return nil }
      extents[place] = there[place]
    }
    if let open = extents.firstIndex(of: -1) {
      let product = Shape(extents.enumerated().filter { $0.offset != open }.map(\.element)).count
      guard product > 0, product <= count, count % product == 0 else { return nil }
      extents[open] = count / product
    }
    return extents.allSatisfy({ $0 > 0 }) && Shape(extents).count == count ? extents : nil
  }

  /// Axes of one number where there are none yet; nil for places outside, or one twice.
  static func unsqueezed(_ extents: [Int], _ axes: [Int]) -> [Int]? {
    let rank = extents.count + axes.count
    let places = Set(axes.map { $0 < 0 ? $0 &+ rank : $0 })
    guard rank <= 8, places.count == axes.count, places.allSatisfy({ (0..<rank).contains($0) }) else { return nil }
    var rest = extents[...]
    return (0..<rank).map { places.contains($0) ? 1 : rest.removeFirst() }
  }

  /// Without axes of one number; nil where one of them has others.
  /// - Parameter axes: nil for all that there are.
  static func squeezed(_ extents: [Int], _ axes: [Int]?) -> [Int]? {
    let ones = extents.indices.filter { extents[$0] == 1 }
    let axes = (axes ?? Array(ones)).map { $0 < 0 ? $0 &+ extents.count : $0 }
    guard axes.allSatisfy({ ones.contains($0) }) else { return nil }
    return extents.indices.filter { !axes.contains($0) }.map { extents[$0] }
  }
}
