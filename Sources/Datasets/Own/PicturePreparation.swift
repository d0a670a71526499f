import Engine
import Images

/// How pictures become examples: brought to one size, their sides stretched, in colour or in grey.
public struct PicturePreparation: Equatable, Sendable {
  /// `[height, width, 3]` in colour, `[height, width]` in grey.
  public let shape: Shape

  private var isColour: Bool { shape.rank == 3 }

  init(_ size: Shape, isColour: Bool) { shape = isColour ? [size[0], size[1], 3] : [size[0], size[1]] }

  /// The bytes of an example; greys are lumas after Rec. 601.
  public func bytes(_ photo: ColourPhoto) -> [UInt8] {
    let colours = photo.resized(width: shape[1], height: shape[0])
    if isColour { return colours }
    return stride(from: 0, to: colours.count, by: 3).map { place -> UInt8 in
      let (red, green, blue) = (Int(colours[place]), Int(colours[place + 1]), Int(colours[place + 2]))
      return UInt8((299 * red + 587 * green + 114 * blue) / 1000)
    }
  }
}
