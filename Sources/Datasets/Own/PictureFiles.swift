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
  private var wasColourAsked: Bool
  private(set) var stretched = 0
  /// Pictures in colour that became grey, as the first one is.
  private var greyed = 0

  /// The folder, as it was typed.
  private let folder: String
  /// Pictures that were read, of all that will be.
  private var (done, count) = (0, 0)
  private let watch: ReadWatch

  init(of folder: String, count: Int, size: Shape?, isColour: Bool?, _ observer: LoadObserver) {
    (self.folder, self.count, watch) = (folder, count, ReadWatch(folder, observer))
    self.size = size.map { Shape(Array($0.extents.prefix(2))) }
    (self.isColour, wasSizeAsked, wasColourAsked) = (isColour, size != nil, isColour != nil)
  }

  /// Reads files; the first one decides on size and colour where nobody has.
  /// - Throws: `Refusal` that names the file that cannot be read.
  mutating func read(_ entries: [ImageTree.Entry]) throws(Refusal) -> Examples {
    guard let first = entries.first else { throw Refusal("there are no images") }
    try decide(try PictureFiles.photo(first.path), first.path)
    guard let preparation else { throw Refusal("there are no images") }
    let shape = preparation.shape
    let (need, isHuge) = shape.count.multipliedReportingOverflow(by: entries.count)
    try Machine.require(
      isHuge ? nil : need, for: "\(entries.count) images of \(shape)",
      hint: "load \(ArgumentType<String>.quote(folder)) size=64x64")
    var changed = 0
    let pixels = try Bytes(count: need) { (target) throws(Refusal) in
      for (index, entry) in entries.enumerated() {
        try watch.tell(Double(done + index) / Double(max(1, count)))
        let photo = try PictureFiles.photo(entry.path)
        if photo.height != shape[0] || photo.width != shape[1] { changed += 1 }
        if shape.rank == 2, !wasColourAsked, !photo.isGrey { greyed += 1 }
        let bytes = preparation.bytes(photo)
        for (place, byte) in bytes.enumerated() { target[index * bytes.count + place] = byte }
      }
    }
    stretched += changed
    done += entries.count
    return Examples(
      shape: shape, pixels: pixels, labels: entries.map(\.label), classes: 1 + (entries.map(\.label).max() ?? 0))
  }

  /// nil until the first image has been seen, where nobody has asked for a size.
  private var preparation: PicturePreparation? {
    size.flatMap { size in isColour.map { PicturePreparation(size, isColour: $0) } }
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

  /// - Parameter others: files that are not read.
  func dataset(
    _ name: String, train: Examples, test: Examples, classes: [String], others: [String], origin: String
  ) -> Dataset {
    var dataset = Dataset(name: name, train: train, test: test, classes: classes, origin: origin)
    dataset.pictures = preparation
    if let size {
      let colour = isColour == true ? "in colour" : "in grey"
      let why = wasSizeAsked ? "" : ", the size of the first; size= chooses another"
      dataset.notes = ["images are \(size[0])×\(size[1]) \(colour)\(why)"]
      if stretched > 0 {
        dataset.notes.append("\(stretched) images of another size were brought to it, their sides stretched")
      }
      if greyed > 0 {
        dataset.notes.append("\(greyed) images in colour were made grey, as the first one is; colour=yes keeps colours")
      }
      if let first = others.first {
        let what = others.count > 1 ? "\(first) and \(others.count - 1) more are" : "\(first) is"
        dataset.notes.append("\(what) not read: images are PNG and JPEG files in the folders of the classes")
      }
    }
    return dataset
  }
}
