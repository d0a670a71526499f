import Engine
import Grammar
import Pictures

/// A photo on its way into a network, prepared as MNIST was: grey, light on dark, fitted into a smaller square, and
/// centred by its mass (LeCun, Cortes, Burges: "The MNIST database of handwritten digits").
package struct Preparation {
  /// One picture on the way.
  struct Step: Sendable {
    let name: String
    let pixels: [UInt8]
    let width: Int
    let height: Int
  }

  /// Pixels a side of the large steps, which are made smaller to be shown.
  private static let shown = 112
  /// Pixels a side at most that the steps work on.
  private static let longest = 1024
  /// Below this share of the strongest ink a pixel is paper.
  private static let noise = 0.25

  let steps: [Step]
  /// Whether it was dark on light.
  let isInverted: Bool
  /// `[height, width]` bytes, as the network's examples.
  let bytes: [UInt8]

  /// - Throws: `Refusal` when nothing is drawn on it.
  package init(_ original: Photo, height: Int, width: Int) throws(Refusal) {
    let photo = original.shrunk(to: Preparation.longest)
    let grey = photo.grey.map(Double.init)
    let background = Preparation.background(photo)
    isInverted = background > 127
    let inverted = isInverted
    let ink = grey.map { max(0, inverted ? background - $0 : $0 - background) }
    guard let strongest = ink.max(), strongest >= 16 else { throw Preparation.nothing }
    let clean = ink.map { $0 < strongest * Preparation.noise ? 0 : $0 / strongest }
    let box = try Preparation.box(clean, photo.width, photo.height)
    let scale = 20.0 / 28 * Double(min(height, width)) / Double(max(box.width, box.height))
    let (fittedWidth, fittedHeight) = (
      max(1, Int((Double(box.width) * scale).rounded())), max(1, Int((Double(box.height) * scale).rounded()))
    )
    let thin = Preparation.resized(clean, photo.width, box, fittedWidth, fittedHeight)
    let most = max(thin.max() ?? 1, 1e-9)
    let fitted = thin.map { $0 / most }
    let centred = Preparation.centred(fitted, fittedWidth, fittedHeight, width, height)
    bytes = Preparation.bytes(centred)
    let all = (x: 0, y: 0, width: photo.width, height: photo.height)
    steps = [
      Preparation.small("grey", grey.map { $0 / 255 }, photo.width, all),
      Preparation.small(isInverted ? "inverted" : "paper taken off", clean, photo.width, all),
      Step(name: "fitted", pixels: Preparation.bytes(fitted), width: fittedWidth, height: fittedHeight),
      Step(name: "centred", pixels: bytes, width: width, height: height),
    ]
  }

  private typealias Box = (x: Int, y: Int, width: Int, height: Int)

  /// The median of the pixels along the edges: what the digit is drawn on.
  private static func background(_ photo: Photo) -> Double {
    var edge: [UInt8] = []
    for x in 0..<photo.width { edge += [photo.grey[x], photo.grey[(photo.height - 1) * photo.width + x]] }
    for y in 0..<photo.height { edge += [photo.grey[y * photo.width], photo.grey[(y + 1) * photo.width - 1]] }
    edge.sort()
    return Double(edge[edge.count / 2])
  }

  private static func box(_ ink: [Double], _ width: Int, _ height: Int) throws(Refusal) -> Box {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for y in 0..<height {
      for x in 0..<width where ink[y * width + x] > 0 {
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
      }
    }
    guard right >= left else { throw nothing }
    return (left, top, right - left + 1, bottom - top + 1)
  }

  /// The mean of the pixels below each new one, those at its edges by their part.
  private static func resized(_ ink: [Double], _ stride: Int, _ box: Box, _ width: Int, _ height: Int) -> [Double] {
    var small = [Double](repeating: 0, count: width * height)
    let (stepX, stepY) = (Double(box.width) / Double(width), Double(box.height) / Double(height))
    for y in 0..<height {
      for x in 0..<width {
        small[y * width + x] = mean(ink, stride, box, Double(x) * stepX, Double(y) * stepY, stepX, stepY)
      }
    }
    return small
  }

  private static func mean(
    _ ink: [Double], _ stride: Int, _ box: Box, _ left: Double, _ top: Double, _ width: Double, _ height: Double
  ) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for y in Int(top)...min(box.height - 1, Int(top + height)) {
      let tall = min(Double(y + 1), top + height) - max(Double(y), top)
      for x in Int(left)...min(box.width - 1, Int(left + width)) {
        let part = tall * (min(Double(x + 1), left + width) - max(Double(x), left))
        guard part > 0 else { continue }
        sum += part * ink[(box.y + y) * stride + box.x + x]
        weight += part
      }
    }
    return weight > 0 ? sum / weight : 0
  }

  /// Put where its centre of mass is the middle, as far as it stays inside.
  private static func centred(_ ink: [Double], _ width: Int, _ height: Int, _ outer: Int, _ tall: Int) -> [Double] {
    var (mass, x, y) = (0.0, 0.0, 0.0)
    for (place, value) in ink.enumerated() {
      mass += value
      x += value * (Double(place % width) + 0.5)
      y += value * (Double(place / width) + 0.5)
    }
    let left = min(outer - width, max(0, Int((Double(outer) / 2 - x / mass).rounded())))
    let top = min(tall - height, max(0, Int((Double(tall) / 2 - y / mass).rounded())))
    var all = [Double](repeating: 0, count: outer * tall)
    for (place, value) in ink.enumerated() { all[(top + place / width) * outer + left + place % width] = value }
    return all
  }

  private static func bytes(_ ink: [Double]) -> [UInt8] { ink.map { UInt8((min(1, max(0, $0)) * 255).rounded()) } }

  /// A large step, small enough to be kept and shown.
  private static func small(_ name: String, _ ink: [Double], _ stride: Int, _ box: Box) -> Step {
    let scale = min(1, Double(shown) / Double(max(box.width, box.height)))
    let (width, height) = (max(1, Int(Double(box.width) * scale)), max(1, Int(Double(box.height) * scale)))
    return Step(name: name, pixels: bytes(resized(ink, stride, box, width, height)), width: width, height: height)
  }

  private static let nothing = Refusal("nothing is drawn on the image: all of it is as bright as its edges")
}
