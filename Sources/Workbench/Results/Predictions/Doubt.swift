import Datasets
import Engine
import Images

/// What to doubt of the class that an image of one's own is taken for.
enum Doubt {
  /// Training examples that an image is compared with, and test examples that tell how near is usual.
  private static let (known, others) = (2000, 100)
  /// With fewer test examples nothing can be said of what is usual.
  private static let fewest = 20

  /// - Parameters:
  ///   - probabilities: of the classes, as the network gives them.
  ///   - familiarity: of the data set that the network was trained with; nil where it has too few examples.
  static func notes(_ prepared: PreparedImage, _ probabilities: [Float], _ familiarity: Familiarity?) -> [String] {
    var notes: [String] = []
    if prepared.drawings > 1 {
      notes.append(
        "\(prepared.drawings) drawings stand apart on the image and were taken as one; cut it so that it shows "
          + "a single one")
    }
    let best = Double(probabilities.max() ?? 0)
    if familiarity?.isStrange(prepared.bytes) == true {
      notes.append(
        "the class means little: the image is less like the training examples than any test example is")
    } else if best < 0.5 {
      notes.append("the class is hardly more than a guess: its probability is only \(percent(best))")
    }
    return notes
  }

  /// What is usual in a data set; nil where it has too few examples.
  static func familiarity(of dataset: Dataset) -> Familiarity? {
    guard dataset.test.count >= fewest, dataset.train.count > 0 else { return nil }
    return Familiarity(
      known: dataset.train.pixels(first: known), others: dataset.test.pixels(first: others),
      length: dataset.shape.count)
  }
}

extension Examples {
  /// The bytes of the first examples, one after the other.
  fileprivate func pixels(first wanted: Int) -> [UInt8] { (0..<min(wanted, count)).flatMap { bytes(of: $0) } }
}
