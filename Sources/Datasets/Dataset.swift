import Engine

/// Examples to train on and to test with, and where they came from.
public struct Dataset: Sendable {
  /// What a person typed to load it: `mnist`.
  public let name: String
  public var train: Examples
  public var test: Examples
  /// What the classes are called, in order; none where the examples have values.
  public var classes: [String]
  /// One sentence: the folder, or that it was drawn.
  public let origin: String
  /// The line that loads the same from the same seed; nil while nobody typed one.
  public var line: String?
  /// What a person should know of how it was read.
  public var notes: [String] = []
  /// Whether its classes have names of their own; where they have none, their numbers stand for them.
  public internal(set) var hasClassNames = true
  /// What the numbers of an example are called, in order; none where they have no names.
  public var columns: [String] = []
  /// What is to be said of an example: `MEDV`; nil where it has no name.
  public var target: String?
  /// The texts that the examples were made of.
  public var texts: Texts?
  /// Whether the seed decided which of its examples test.
  public internal(set) var isDivided = false
  /// How rows of a file like the one it came from become examples.
  public var rows: RowPreparation?

  /// How pictures become examples, where these were pictures of a person's own.
  public internal(set) var pictures: PicturePreparation?
  /// Its columns of which single precision loses digits, until they are scaled or `rounded`.
  var exact: (train: ExactColumns, test: ExactColumns) = ([:], [:])

  public init(name: String, train: Examples, test: Examples, classes: [String], origin: String) {
    self.name = name
    self.train = train
    self.test = test
    self.classes = classes
    self.origin = origin
  }

  /// The shape of one example.
  public var shape: Shape { train.shape }

  /// What its targets are, and how many outputs they want.
  public var targets: Targets.Kind { train.targets.kind }

  /// How a picture becomes an example as these are; nil where they are no pictures, or drawings as MNIST has them.
  public var preparation: PicturePreparation? {
    if let pictures { return pictures }
    let isColour = train.pixels != nil && shape.rank == 3 && shape.last == 3
    return isColour ? PicturePreparation([shape[0], shape[1]], isColour: true) : nil
  }

  /// The memory of its examples.
  public var held: [ObjectIdentifier: Int] { train.held.merging(test.held) { max($0, $1) } }

  /// The first examples only.
  /// - Parameters: counts; nil for all of them.
  public func first(train: Int?, test: Int?) -> Dataset {
    var fewer = self
    if let train { fewer.train = self.train.first(train) }
    if let test { fewer.test = self.test.first(test) }
    return fewer
  }
}
