/// What a moved image shows where it has no pixels.
public enum FillMode: String, CaseIterable, Sendable {
  /// 0, which is black.
  case constant
  /// The nearest pixel.
  case nearest
  /// The image mirrored at its edge: `d c b a | a b c d | d c b a`.
  case reflect
  /// The image again: `a b c d | a b c d | a b c d`.
  case wrap

  /// What help says of it.
  var help: String {
    switch self {
    case .constant: "0, which is black"
    case .nearest: "the nearest pixel"
    case .reflect: "the image, mirrored at its edge"
    case .wrap: "the image again"
    }
  }

  /// The place on an axis of `length` pixels that stands for `place`, after TensorFlow 2 `ImageProjectiveTransformV3`.
  func map(_ place: Float, length: Int) -> Float {
    let (last, length) = (Float(length - 1), Float(length))
    if self == .constant || (place >= 0 && place <= last) { return place }
    if last == 0 { return 0 }
    switch self {
    case .constant: return place
    case .nearest: break
    case .reflect:
      let rest = place - 2 * length * (place / (2 * length)).rounded(.down)
      return min(max(rest < length ? rest : 2 * length - 1 - rest, 0), last)
    case .wrap:
      let turns = (abs(place) / last).rounded(.towardZero)
      return min(max(place < 0 ? place + length * (turns + 1) : place - length * turns, 0), last)
    }
    return min(max(place, 0), last)
  }
}
