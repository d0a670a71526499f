import Engine
import Files
import Grammar
import Images

/// Image files brought to one size, as examples.
struct PictureFiles {
  /// Larger files are no images to learn from.
  private static let largest = 64 << 20
  /// Without a size that somebody asks for, no side becomes longer than this.
  private static let longestSide = 256

  /// Height and width; that of the first image when nobody asks for one.
  private var size: Shape?
  private var isColour: Bool?
  private var wasSizeAsked: Bool
  private(set) var stretched = 0

  /// The folder, as it was typed.
  private let folder: String

  init(of folder: String, size: Shape?, isColour: Bool?) {
    self.folder = folder
    self.size = size.map { Shape(Array($0.extents.prefix(2))) }
    (self.isColour, wasSizeAsked) = (isColour, size != nil)
  }

  /// Reads files; the first one decides on size and colour where nobody has.
  /// - Throws: `Refusal` that names the file that cannot be read.
  mutating func read(_ entries: [ImageTree.Entry], _ context: LoadContext) throws(Refusal) -> Examples {
    guard let first = entries.first else { throw Refusal("there are no images") }
    try decide(try PictureFiles.photo(first.path), first.path)
    guard let size, let isColour else { throw Refusal("there are no images") }
    let area = size[0] * size[1]
    let depth = isColour ? 3 : 1
    let (need, isHuge) = (area * depth).multipliedReportingOverflow(by: entries.count)
    try Machine.require(
      isHuge ? nil : need, for: "\(entries.count) images of \(size)",
      hint: "load \(ArgumentType<String>.quote(folder)) size=64x64")
    var changed = 0
    let pixels = try Bytes(count: need) { (target) throws(Refusal) in
      for (index, entry) in entries.enumerated() {
        if context.observer.isStopRequested() { throw .stopped }
        let photo = try PictureFiles.photo(entry.path)
        if photo.height != size[0] || photo.width != size[1] { changed += 1 }
        let colours = photo.resized(width: size[1], height: size[0])
        PictureFiles.write(colours, isColour: isColour, to: target, at: index * area * depth)
      }
    }
    stretched += changed
    return Examples(
      shape: isColour ? [size[0], size[1], 3] : size, pixels: pixels, labels: entries.map(\.label),
      classes: 1 + (entries.map(\.label).max() ?? 0))
  }

  /// Luma after Rec. 601 where there is one number a pixel.
  private static func write(
    _ colours: [UInt8], isColour: Bool, to target: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    guard !isColour else {
      for (index, byte) in colours.enumerated() { target[start + index] = byte }
      return
    }
    for pixel in 0..<colours.count / 3 {
      let (red, green, blue) = (Int(colours[3 * pixel]), Int(colours[3 * pixel + 1]), Int(colours[3 * pixel + 2]))
      target[start + pixel] = UInt8((299 * red + 587 * green + 114 * blue) / 1000)
    }
  }

  private mutating func decide(_ photo: ColourPhoto, _ path: String) throws(Refusal) {
    isColour = isColour ?? !photo.isGrey
    if size == nil {
      let longest = max(photo.width, photo.height)
      let step = max(1, (longest + PictureFiles.longestSide - 1) / PictureFiles.longestSide)
      size = [max(1, photo.height / step), max(1, photo.width / step)]
    }
  }

  private static func photo(_ path: String) throws(Refusal) -> ColourPhoto {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.read(path, limit: largest) } catch { throw Refusal(error) }
    do throws(Unreadable) { return try ColourPhoto(bytes) } catch { throw Refusal("\(path): \(error.message)") }
  }

  func dataset(_ name: String, train: Examples, test: Examples, classes: [String], origin: String) -> Dataset {
    var dataset = Dataset(name: name, train: train, test: test, classes: classes, origin: origin)
    if let size {
      let colour = isColour == true ? "in colour" : "in grey"
      let why = wasSizeAsked ? "" : ", the size of the first; size= chooses another"
      dataset.notes = ["images are \(size[0])×\(size[1]) \(colour)\(why)"]
      if stretched > 0 {
        dataset.notes.append("\(stretched) images of another size were brought to it, their sides stretched")
      }
    }
    return dataset
  }
}
