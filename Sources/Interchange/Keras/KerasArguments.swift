/// A thing of Keras's in a file: its class or function, and what it is made with.
///
/// Whoever reads it takes every argument that it understands. What is left has to say nothing, or what is so here
/// anyway; else the thing is another than ours, and must not be read as the same.
struct KerasArguments {
  /// The class or the function, without the package before it.
  let name: String
  private let config: [String: KerasJSON]
  /// A name, and the function inside of a class that says the same, mean nothing.
  private var taken: Set<String> = ["name", "fn"]

  init(_ value: KerasJSON) {
    if let text = value.text ?? value["config"]?.text {
      // A function is its name, or an object that names it.
      (name, config) = (text, [:])
    } else {
      name = String((value["class_name"]?.text ?? "").split(separator: ">").last ?? "")
      config = value["config"]?.members ?? [:]
    }
  }

  /// The value of an argument, which counts as understood then; nil where nothing is said of it.
  mutating func take(_ name: String) -> KerasJSON? {
    taken.insert(name)
    return config[name].flatMap { $0 == .null ? nil : $0 }
  }

  /// Arguments by the names that they have here too, as words of a line: `delta=1.0`.
  mutating func words(_ names: [String]) -> [String] {
    var words: [String] = []
    for name in names { if let word = take(name)?.word { words.append("\(name)=\(word)") } }
    return words
  }

  /// The first argument that nobody has taken and that says something else, as `name=value`.
  /// - Parameter neutral: what arguments say where nothing is done otherwise; `null` and `false` never do.
  func stranger(besides neutral: [String: [KerasJSON]] = [:]) -> String? {
    for (name, value) in config.sorted(by: { $0.key < $1.key }) where !taken.contains(name) && !value.isNothing {
      if name == "dtype", (value["config"]?["name"] ?? value) == .text("float32") { continue }
      if neutral[name]?.contains(where: { $0.isSame(as: value) }) == true { continue }
      return KerasArguments.shown(name, value)
    }
    return nil
  }

  static func shown(_ name: String, _ value: KerasJSON?) -> String { "\(name.shown)=\((value ?? .null).shown)" }
}

extension KerasJSON {
  /// Whether it says the same, of numbers also where one is written whole: `1` and `1.0`.
  fileprivate func isSame(as other: KerasJSON) -> Bool { self == other || number != nil && number == other.number }
}
