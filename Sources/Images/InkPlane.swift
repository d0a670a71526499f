/// How much ink is on each pixel of a photo, whichever of paper and ink is the lighter, and whatever shadow lies on it.
struct InkPlane {
  /// 0 paper … 1 the strongest ink.
  let ink: Plane
  /// Whether it was dark on light.
  let isInverted: Bool

  /// Below this share of the strongest ink a pixel is paper.
  private static let noise = 0.25
  /// Levels between the lightest and the darkest paper along the sides, from which on it lies in a shadow.
  private static let unevenness = 32.0
  /// Marks up to this share of the photo's shorter side are ink; what is wider is paper in another light.
  private static let widestStroke = 0.25
  /// Marks smaller than this share of the largest are dust.
  private static let dust = 0.02

  /// - Throws: `Unreadable` when nothing is drawn on it.
  init(_ photo: Photo) throws(Unreadable) {
    let grey = Plane(width: photo.width, height: photo.height, values: photo.grey.map(Double.init))
    let side = InkPlane.odd(InkPlane.widestStroke * Double(min(photo.width, photo.height)))
    let spread = min(InkPlane.spread(grey.closed(by: side).edge), InkPlane.spread(grey.inverted.closed(by: side).edge))
    let isEven = spread <= InkPlane.unevenness
    let even = isEven ? try InkPlane.ink(on: grey) : nil
    if let even, even.ink.share <= 0.5 {
      (ink, isInverted) = (even.ink.withoutDust(InkPlane.dust), even.isInverted)
    } else {
      isInverted = InkPlane.isDark(onLocal: grey)
      let dark = isInverted ? grey : grey.inverted
      ink = try InkPlane.ink(of: dark, paper: dark.closedWithinMore(by: side)).withoutDust(InkPlane.dust)
    }
  }

  private static func odd(_ side: Double) -> Int { max(3, Int(side) | 1) }

  /// From the darkest to the lightest, one in fifty at either end left out.
  private static func spread(_ levels: [Double]) -> Double {
    let ordered = levels.sorted()
    return ordered[ordered.count - 1 - ordered.count / 50] - ordered[ordered.count / 50]
  }

  /// In even light: the distance from the paper, which is the median of the pixels along the sides.
  private static func ink(on grey: Plane) throws(Unreadable) -> (ink: Plane, isInverted: Bool) {
    let edge = grey.edge.sorted()
    let paper = edge[edge.count / 2]
    let isInverted = paper > 127
    let distance = grey.mapped { max(0, isInverted ? paper - $0 : $0 - paper) }
    guard let strongest = distance.values.max(), strongest >= 16 else { throw nothing }
    return (distance.mapped { $0 < strongest * noise ? 0 : $0 / strongest }, isInverted)
  }

  /// In uneven light: the share of the light that dark ink takes from the paper at its place.
  private static func ink(of dark: Plane, paper: Plane) throws(Unreadable) -> Plane {
    let share = dark.mapped(at: { max(0, 1 - dark.values[$0] / max(24, paper.values[$0])) })
    let ordered = share.values.sorted()
    let strongest = ordered[ordered.count - 1 - ordered.count / 1000]
    guard strongest >= 0.15 else { throw nothing }
    return share.mapped { $0 < strongest * (noise + 0.1) ? 0 : min(1, $0 / strongest) }
  }

  /// Whether ink is darker than the paper around it, told where the light is uneven: ink is little and far from the
  /// mean of its neighbourhood, paper is much and near, so the third moment has the sign of the ink.
  private static func isDark(onLocal grey: Plane) -> Bool {
    let scale = min(1, 128 / Double(max(grey.width, grey.height)))
    let small = grey.resized(
      grey.all, width: max(1, Int(Double(grey.width) * scale)), height: max(1, Int(Double(grey.height) * scale)))
    let means = small.localMeans(reach: max(1, min(small.width, small.height) / 4))
    let moment = zip(small.values, means.values).reduce(0.0) {
      let distance = $1.0 - $1.1
      return $0 + distance * distance * distance
    }
    return moment <= 0
  }

  private static let nothing = Unreadable(message: "nothing is drawn on the image: all of it is as bright as its edges")
}

extension Plane {
  func mapped(_ change: (Double) -> Double) -> Plane {
    Plane(width: width, height: height, values: values.map(change))
  }

  /// Levels of a negative.
  fileprivate var inverted: Plane { mapped { 255 - $0 } }

  /// The share that is above 0.
  fileprivate var share: Double { Double(values.count { $0 > 0 }) / Double(max(1, values.count)) }

  /// The mean of the square around each, as far as it lies inside, by sums over all that is above and to the left.
  fileprivate func localMeans(reach: Int) -> Plane {
    let row = width + 1
    var sums = [Double](repeating: 0, count: row * (height + 1))
    for y in 0..<height {
      for x in 0..<width {
        sums[(y + 1) * row + x + 1] =
          values[y * width + x] + sums[y * row + x + 1] + sums[(y + 1) * row + x] - sums[y * row + x]
      }
    }
    var means = self
    for y in 0..<height {
      for x in 0..<width {
        let (left, right) = (max(0, x - reach), min(width, x + reach + 1))
        let (top, bottom) = (max(0, y - reach), min(height, y + reach + 1))
        let sum =
          sums[bottom * row + right] - sums[top * row + right] - sums[bottom * row + left] + sums[top * row + left]
        means.values[y * width + x] = sum / Double((right - left) * (bottom - top))
      }
    }
    return means
  }
}
