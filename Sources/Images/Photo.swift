/// Why an image file cannot be used.
public struct Unreadable: Error, Equatable, Sendable {
  /// One sentence without a full stop.
  public let message: String
}

/// An image file in greys, upright.
public struct Photo: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// 0 black … 255 white, row by row.
  public let grey: [UInt8]
  /// What a person should know of how it was read.
  public let notes: [String]

  /// Pixels of an image at most.
  private static let maximum = 50_000_000

  /// - Precondition: `grey` holds width × height bytes.
  public init(width: Int, height: Int, grey: [UInt8], notes: [String] = []) {
    precondition(grey.count == width * height, "a photo has width × height pixels")
    (self.width, self.height, self.grey, self.notes) = (width, height, grey, notes)
  }

  /// Reads a PNG or a JPEG, told by its first bytes, and turns it as its camera says.
  /// - Throws: `Unreadable` that says what is wrong with the file, or what to install.
  public init(_ bytes: [UInt8]) throws(Unreadable) {
    if bytes.starts(with: PNG.signature) {
      self = try PNG(bytes).photo()
    } else if bytes.starts(with: JPEG.signature) {
      self = try JPEG(bytes).photo()
    } else {
      throw Unreadable(message: "this is neither a PNG nor a JPEG, whatever its name says")
    }
  }

  /// The same with no side longer than `side`: means of squares of pixels.
  public func shrunk(to side: Int) -> Photo {
    let step = (max(width, height) + side - 1) / side
    guard step > 1 else { return self }
    let (columns, rows) = (max(1, width / step), max(1, height / step))
    let (across, down) = (min(step, width), min(step, height))
    var small = [UInt8](repeating: 0, count: columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0
        for y in row * step..<row * step + down {
          for x in column * step..<column * step + across { sum += Int(grey[y * width + x]) }
        }
        small[row * columns + column] = UInt8(sum / (across * down))
      }
    }
    return Photo(width: columns, height: rows, grey: small, notes: notes)
  }

  /// Refuses extents that no memory should be taken for.
  static func check(_ width: Int, _ height: Int) throws(Unreadable) {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0 else { throw Unreadable(message: "the image has no pixels: \(width) × \(height)") }
    guard !overflow, area <= maximum, max(width, height) <= 32_767 else {
      throw Unreadable(
        message: "the image has \(width) × \(height) pixels; at most \(maximum / 1_000_000) million can be read")
    }
  }
}

extension Unreadable {
  static func noLibrary(_ package: String, _ failure: UnsafePointer<CChar>?) -> Unreadable {
    let reason = failure.map { ": \(String(cString: $0))" } ?? ""
    return Unreadable(message: "images need \(package) (apt-get install \(package))\(reason)")
  }

  static func broken(_ kind: String, _ reason: UnsafePointer<CChar>) -> Unreadable {
    Unreadable(message: "the \(kind) cannot be read: \(String(cString: reason))")
  }
}
