/// A photo on its way into a network, prepared as MNIST was: grey, light on dark, fitted into a smaller square, and
/// centred by its mass (LeCun, Cortes, Burges: "The MNIST database of handwritten digits").
public struct Preparation: Sendable {
  /// One picture on the way.
  public struct Step: Sendable {
    public let name: String
    public let pixels: [UInt8]
    public let width: Int
    public let height: Int

    init(_ name: String, _ plane: Plane) {
      (self.name, pixels, width, height) = (name, plane.bytes, plane.width, plane.height)
    }
  }

  /// Pixels a side of the large steps, which are made smaller to be shown.
  private static let shown = 112
  /// Pixels a side at most that the steps work on.
  private static let longest = 1024
  /// The square that MNIST's digits fill, of the square that they stand in.
  private static let filled = 20.0 / 28

  public let steps: [Step]
  /// Whether it was dark on light.
  public let isInverted: Bool
  /// `[height, width]` bytes, as the network's examples.
  public let bytes: [UInt8]
  /// Drawings that stand apart from each other; the whole was prepared as one.
  public let drawings: Int

  /// - Throws: `Unreadable` when nothing is drawn on it.
  public init(_ original: Photo, height: Int, width: Int) throws(Unreadable) {
    let photo = original.shrunk(to: Preparation.longest)
    let inked = try InkPlane(photo)
    let ink = inked.ink
    guard let box = ink.inked else { throw Unreadable(message: "nothing is drawn on the image") }
    let fitted = Preparation.fitted(ink, box, Preparation.filled * Double(min(height, width)))
    let centred = Preparation.centred(fitted, width: width, height: height)
    (isInverted, bytes, drawings) = (inked.isInverted, centred.bytes, Marks(ink).drawings)
    let grey = Plane(width: photo.width, height: photo.height, values: photo.grey.map { Double($0) / 255 })
    steps = [
      Step("grey", Preparation.small(grey)),
      Step(inked.isInverted ? "inverted" : "paper taken off", Preparation.small(ink)),
      Step("fitted", fitted), Step("centred", centred),
    ]
  }

  /// A part with its longer side so many pixels, the strongest ink at 1.
  private static func fitted(_ ink: Plane, _ box: Plane.Box, _ side: Double) -> Plane {
    let scale = side / Double(max(box.width, box.height))
    let thin = ink.resized(
      box, width: max(1, Int((Double(box.width) * scale).rounded())),
      height: max(1, Int((Double(box.height) * scale).rounded())))
    let strongest = max(thin.values.max() ?? 1, 1e-9)
    return thin.mapped { $0 / strongest }
  }

  /// Put where its centre of mass is the middle, as far as it stays inside.
  private static func centred(_ ink: Plane, width: Int, height: Int) -> Plane {
    var (mass, x, y) = (0.0, 0.0, 0.0)
    for (place, value) in ink.values.enumerated() {
      mass += value
      x += value * (Double(place % ink.width) + 0.5)
      y += value * (Double(place / ink.width) + 0.5)
    }
    guard mass > 0 else { return ink.resized(ink.all, width: width, height: height) }
    let left = min(width - ink.width, max(0, Int((Double(width) / 2 - x / mass).rounded())))
    let top = min(height - ink.height, max(0, Int((Double(height) / 2 - y / mass).rounded())))
    var all = [Double](repeating: 0, count: width * height)
    for (place, value) in ink.values.enumerated() {
      all[(top + place / ink.width) * width + left + place % ink.width] = value
    }
    return Plane(width: width, height: height, values: all)
  }

  /// A large step, small enough to be kept and shown.
  private static func small(_ plane: Plane) -> Plane {
    let scale = min(1, Double(shown) / Double(max(plane.width, plane.height)))
    return plane.resized(
      plane.all, width: max(1, Int(Double(plane.width) * scale)), height: max(1, Int(Double(plane.height) * scale)))
  }
}
