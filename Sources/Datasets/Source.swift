import Engine
import Files
import Grammar

/// A place that data sets come from.
public protocol Source: Sendable {
  static var form: Form<Self> { get }

  /// The data set, checked.
  /// - Throws: `Refusal` naming the file or folder, what was expected, and what to do.
  func load(_ surroundings: LoadContext) throws(Refusal) -> Dataset

  /// Whether its files are there; completion offers it only then.
  func isFound(in environment: [String: String]) -> Bool
}

extension Source {
  public func isFound(in environment: [String: String]) -> Bool { true }
}

/// What loading takes from outside.
public struct LoadContext: Sendable {
  /// The process's environment variables.
  public let environment: [String: String]
  public let threads: Threads
  /// Examples that are wanted at most, nil for all; a source may give more.
  public let train: Int?
  public let test: Int?
  /// Whether what took long to read may be kept in the person's cache.
  public let mayCache: Bool

  public init(
    environment: [String: String], threads: Threads, train: Int? = nil, test: Int? = nil, mayCache: Bool = false
  ) {
    self.environment = environment
    self.threads = threads
    self.train = train
    self.test = test
    self.mayCache = mayCache
  }

  /// The folders in which a data set is looked for, in order: `$SUMI_DATA/NAME`, `$XDG_CACHE_HOME/sumi/NAME`
  /// (`~/.cache/sumi/NAME` when that is not set or not absolute, as the base directory specification has it).
  func folders(for name: String) -> [String] { LoadContext.folders(for: name, environment) }

  static func folders(for name: String, _ environment: [String: String]) -> [String] {
    let data = environment["SUMI_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    return [data, Folders(environment: environment).cache].compactMap { $0 }.map { "\($0)/\(name)" }
  }
}

/// All sources of data, in the order of help.
public enum DataSources {
  public static let all: [any Source.Type] = [MNIST.self, Digits.self]
  public static let catalogue = Catalogue("data set", all.map { lift($0) })

  private static func lift<Item: Source>(_ type: Item.Type) -> Form<any Source> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}
