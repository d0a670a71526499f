/// How near a picture is to the examples that a network has learnt from.
public struct Familiarity: Sendable {
  /// Bytes of one example.
  private let length: Int
  /// Examples one after the other.
  private let known: [UInt8]
  /// The squared distance to the nearest known example that nearly all other examples keep within.
  private let limit: Int

  /// - Parameters:
  ///   - known: examples that were learnt from, one after the other.
  ///   - others: examples of the same kind that are not among them.
  /// - Precondition: both hold whole examples of `length` bytes, at least one each.
  public init(known: [UInt8], others: [UInt8], length: Int) {
    precondition(
      length > 0 && !known.isEmpty && !others.isEmpty && known.count % length == 0 && others.count % length == 0)
    (self.length, self.known) = (length, known)
    let distances = stride(from: 0, to: others.count, by: length).map { start in
      Familiarity.nearest(Array(others[start..<start + length]), known)
    }
    limit = distances.max() ?? 0
  }

  /// Whether a picture is farther from everything known than any of the other examples is.
  /// - Precondition: it has as many bytes as an example.
  public func isStrange(_ picture: [UInt8]) -> Bool {
    precondition(picture.count == length, "a picture has as many bytes as an example")
    return Familiarity.nearest(picture, known) > limit
  }

  /// The least sum of squared differences.
  private static func nearest(_ picture: [UInt8], _ known: [UInt8]) -> Int {
    var minimum = Int.max
    known.withUnsafeBufferPointer { known in
      picture.withUnsafeBufferPointer { picture in
        for start in stride(from: 0, to: known.count, by: picture.count) {
          var sum = 0
          for i in 0..<picture.count {
            let difference = Int32(picture[i]) - Int32(known[start + i])
            sum &+= Int(difference &* difference)
          }
          minimum = min(minimum, sum)
        }
      }
    }
    return minimum
  }
}
