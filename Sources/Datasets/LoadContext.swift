import Engine
import Files
import Grammar

/// What loading takes from outside.
public struct LoadContext {
  /// The process's environment variables.
  public let environment: [String: String]
  public let threads: Threads
  /// Examples that are wanted at most, nil for all; a source may give more.
  public let train: Int?
  public let test: Int?
  /// Whether what took long to read, or was fetched, may be kept in the person's cache.
  public let mayCache: Bool
  /// How many of the examples are put aside for testing, where a source has no test examples of its own; nil where
  /// nobody says it.
  public var testPart: Division.Part?
  /// Where else the test examples are.
  public var testFile: String?
  /// What the split into training and test follows from.
  public var seed: UInt64 = 0
  /// Told how it goes, and asked when to stop.
  public var observer = LoadObserver()
  /// The line that loads the same with another `test=`, to be typed next.
  public var line: (TestPart) -> String? = { _ in nil }
  /// How names of files on the line become paths.
  public var path: (String) throws(Refusal) -> String = { (name) throws(Refusal) in name }

  public init(
    environment: [String: String], threads: Threads, train: Int? = nil, test: Int? = nil, mayCache: Bool = false
  ) {
    self.environment = environment
    self.threads = threads
    self.train = train
    self.test = test
    self.mayCache = mayCache
  }

  /// What is put aside for testing, chosen or not.
  var dividedPart: Division.Part { testPart ?? .share(0.2) }

  /// - Throws: `Refusal` when a share or another file is to test what has test examples of its own.
  func checkOwnTest(_ name: String) throws(Refusal) {
    guard testFile == nil, testPart?.isShare != true else { throw .hasOwnTest(name, hint: line(.part(.count(100)))) }
  }

  /// - Throws: `Refusal` when another file is to test what is no table.
  func checkNoTestFile(_ name: String) throws(Refusal) {
    guard testFile == nil else {
      throw Refusal(
        "test= takes another file for tables; of \(name) a share is put aside, or so many examples",
        hint: line(.part(.share(0.2))))
    }
  }

  /// The folders in which a data set is looked for, in order: `$SUMI_DATA/NAME`, `$XDG_CACHE_HOME/sumi/NAME`
  /// (`~/.cache/sumi/NAME` when that is not set or not absolute, as the base directory specification has it).
  func folders(for name: String) -> [String] { LoadContext.folders(for: name, environment) }

  static func folders(for name: String, _ environment: [String: String]) -> [String] {
    let data = environment["SUMI_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    return [data, Folders(environment: environment).cache].compactMap { $0 }.map { "\($0)/\(name)" }
  }

  /// Where Keras keeps what it has fetched; nil without a home.
  static func keras(_ environment: [String: String]) -> String? {
    if let folder = environment["KERAS_HOME"], folder.hasPrefix("/") { return "\(folder)/datasets" }
    return environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.keras/datasets" : nil }
  }

  /// The folder that fetched files of a set are kept in; nil where nothing may be fetched.
  func downloads(of set: String) -> String? {
    guard mayCache, !LoadContext.isOffline(environment), let cache = Folders(environment: environment).cache else {
      return nil
    }
    return "\(cache)/\(set)"
  }

  /// Whether the person wants nothing to be fetched.
  static func isOffline(_ environment: [String: String]) -> Bool {
    environment["SUMI_OFFLINE"].map { !["", "0", "no"].contains($0) } ?? false
  }

  /// Fetches files of a set into the cache; the folder that they are in then.
  /// - Throws: `Refusal` when nothing may be fetched, or it fails.
  func fetch(_ files: [RemoteFile], of set: String, title: String, sought: String) throws(Refusal) -> String {
    guard let folder = downloads(of: set) else {
      let places = folders(for: set)
      let why = LoadContext.isOffline(environment) ? "; nothing is fetched, as --offline or SUMI_OFFLINE says" : ""
      throw Refusal(
        "\(title) is not on this machine; looked for \(sought) in: "
          + (places.isEmpty ? "nowhere, as neither SUMI_DATA nor HOME is set" : places.joined(separator: ", ")) + why,
        hint: "load digits")
    }
    try Download(set: set, folder: folder, environment: environment, observer: observer).fetch(files)
    return folder
  }
}

extension Refusal {
  /// A share or another file for what has test examples of its own.
  public static func hasOwnTest(_ name: String, hint: String?) -> Refusal {
    Refusal("\(name) has test examples of its own; test= takes how many of them to keep", hint: hint)
  }
}
