import Engine

/// Examples to train on and to test with, and where they came from.
public struct Dataset: Sendable {
  /// What a person typed to load it: `mnist`.
  public let name: String
  public let train: Examples
  public let test: Examples
  /// What the classes are called, in order.
  public let classes: [String]
  /// One sentence: the folder, or that it was drawn.
  public let origin: String

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

  /// The memory of its examples.
  public var held: [ObjectIdentifier: Int] { train.held.merging(test.held) { max($0, $1) } }

  /// The first examples only.
  /// - Parameters: counts; nil for all of them.
  public func first(train: Int?, test: Int?) -> Dataset {
    Dataset(
      name: name, train: train.map { self.train.first($0) } ?? self.train,
      test: test.map { self.test.first($0) } ?? self.test, classes: classes, origin: origin)
  }
}
