/// The connected marks of ink on a plane: pixels that touch at a side or a corner.
struct Marks {
  /// One of them.
  struct Mark {
    var pixels: [Int]
    var box: Plane.Box
  }

  let all: [Mark]

  init(_ plane: Plane) {
    var seen = plane.values.map { $0 <= 0 }
    var all: [Mark] = []
    for start in seen.indices where !seen[start] { all.append(Marks.mark(at: start, plane, &seen)) }
    self.all = all
  }

  private static func mark(at start: Int, _ plane: Plane, _ seen: inout [Bool]) -> Mark {
    var (pixels, next) = ([start], 0)
    var (left, right, top, bottom) = (plane.width, 0, plane.height, 0)
    seen[start] = true
    while next < pixels.count {
      let (x, y) = (pixels[next] % plane.width, pixels[next] / plane.width)
      next += 1
      (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
      for row in max(0, y - 1)...min(plane.height - 1, y + 1) {
        for column in max(0, x - 1)...min(plane.width - 1, x + 1) where !seen[row * plane.width + column] {
          seen[row * plane.width + column] = true
          pixels.append(row * plane.width + column)
        }
      }
    }
    let box = Plane.Box(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    return Mark(pixels: pixels, box: box)
  }

  /// How many drawings stand beside or below each other: groups of large marks with a gap of paper all the way
  /// between them. The bar of a 5 that does not touch its body is no drawing of its own.
  var drawings: Int {
    let tallest = all.map(\.box.height).max() ?? 0
    let large = all.filter { Double($0.box.height) >= 0.4 * Double(tallest) }.map(\.box)
    let across = Marks.groups(large.map { $0.x..<$0.x + $0.width })
    let down = Marks.groups(large.map { $0.y..<$0.y + $0.height })
    return max(across, down)
  }

  /// How many stretches are left when those that touch are joined.
  private static func groups(_ ranges: [Range<Int>]) -> Int {
    let ordered = ranges.sorted { $0.lowerBound < $1.lowerBound }
    guard let first = ordered.first, let end = ordered.map(\.upperBound).max() else { return 0 }
    let gap = (end - first.lowerBound) / 25
    var (count, reached) = (1, first.upperBound)
    for range in ordered.dropFirst() {
      if range.lowerBound > reached + gap { count += 1 }
      reached = max(reached, range.upperBound)
    }
    return count
  }
}

extension Plane {
  /// Without the marks that are smaller than a share of the largest.
  func withoutDust(_ share: Double) -> Plane {
    let marks = Marks(self).all
    let largest = marks.map(\.pixels.count).max() ?? 0
    var clean = self
    for mark in marks where Double(mark.pixels.count) < share * Double(largest) {
      for pixel in mark.pixels { clean.values[pixel] = 0 }
    }
    return clean
  }
}
