import Engine

/// The zeros that a window meets before and behind each axis of an image or a sequence, as Keras lays them.
struct WindowSides {
  let sides: [(Int, Int)]

  /// - Parameters:
  ///   - padding: `valid`, `same` or `causal`.
  ///   - reach: how far the window reaches along each axis.
  init(_ padding: String, _ input: Shape, reach: [Int], strides: [Int]) {
    sides = reach.indices.map { axis in
      switch padding {
      case "causal": return (reach[axis] - 1, 0)
      case "same":
        let count = (input[axis] + strides[axis] - 1) / strides[axis]
        let all = max(0, (count - 1) * strides[axis] + reach[axis] - input[axis])
        return (all / 2, all - all / 2)
      default: return (0, 0)
      }
    }
  }

  /// `3` → `[3, 3]` on images, `3x5` → `[3, 5]`.
  static func extents(_ word: String?, _ rank: Int) -> [Int] {
    let parts = (word ?? "1").split(separator: "x").compactMap { Int($0) }
    return parts.count == rank ? parts : [Int](repeating: parts.first ?? 1, count: rank)
  }
}
