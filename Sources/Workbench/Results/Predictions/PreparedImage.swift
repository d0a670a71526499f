import Datasets
import Images

/// A person's image as an example of a data set: prepared as its pictures were, or as MNIST's drawings.
struct PreparedImage {
  let bytes: [UInt8]
  /// What was done to a drawing; none where a picture was only brought to its size.
  let steps: [Preparation.Step]
  /// Drawings that stand apart from each other.
  let drawings: Int
  /// What a person should know of how it was read.
  let notes: [String]

  /// - Throws: `Unreadable` when it is no image, or nothing is drawn on it.
  init(_ file: [UInt8], as dataset: Dataset) throws(Unreadable) {
    if let preparation = dataset.preparation {
      self.init(bytes: preparation.bytes(try ColourPhoto(file)))
      return
    }
    let photo = try Photo(file)
    self.init(try Preparation(photo, height: dataset.shape[0], width: dataset.shape[1]), notes: photo.notes)
  }

  private init(bytes: [UInt8]) { (self.bytes, steps, drawings, notes) = (bytes, [], 1, []) }

  init(_ drawing: Preparation, notes: [String] = []) {
    (bytes, steps, drawings, self.notes) = (drawing.bytes, drawing.steps, drawing.drawings, notes)
  }
}
