import Engine
import Grammar

/// A place that data sets come from.
public protocol Source: Sendable {
  static var form: Form<Self> { get }

  /// Whether it may have no test examples of its own, so that a share of them is put aside.
  static var isSplit: Bool { get }

  /// The data set, checked.
  /// - Throws: `Refusal` naming the file or folder, what was expected, and what to do.
  func load(_ context: LoadContext) throws(Refusal) -> Dataset

  /// Whether it can be loaded, by what is there or can be fetched; completion offers it only then.
  func isFound(in environment: [String: String]) -> Bool

  /// Files and folders that it reads, by their names on the line.
  var files: [String] { get }
}

extension Source {
  public static var isSplit: Bool { false }
  public func isFound(in environment: [String: String]) -> Bool { true }
  public var files: [String] { [] }
}

/// All sources of data, in the order of help.
public enum DataSources {
  public static let all: [any Source.Type] = [
    MNIST.self, FashionMNIST.self, KMNIST.self, EMNISTLetters.self, EMNISTDigits.self, CIFAR10.self, Digits.self,
    Spirals.self, Moons.self, Circles.self, XOR.self, Blobs.self, Sine.self, IMDB.self, Reuters.self,
    BostonHousing.self,
    CaliforniaHousing.self, CSVFile.self, NPZFile.self, FolderSource.self,
  ]
  public static let catalogue = Catalogue("data set", all.map { lift($0) })

  private static func lift<Item: Source>(_ type: Item.Type) -> Form<any Source> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}
