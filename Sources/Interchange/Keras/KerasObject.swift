import Grammar

/// A thing of Keras's: its class and what it is made with, as a constructor's arguments or a saved config hold them.
struct KerasObject: Equatable, Sendable {
  indirect enum Value: Equatable, Sendable {
    case none
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case tuple([Value])
    case object(KerasObject)
  }

  struct Argument: Equatable, Sendable {
    let name: String
    let value: Value
    /// Whether Keras has it so where nothing is said.
    var isDefault = false

    init(_ name: String, _ value: Value, isDefault: Bool = false) {
      (self.name, self.value, self.isDefault) = (name, value, isDefault)
    }
  }

  /// Where the class is found: `layers`.
  let module: String
  let className: String
  var arguments: [Argument] = []
}

extension KerasObject {
  /// The expression that makes it: `keras.layers.Dense(units=512, activation="relu")`.
  var python: String {
    let arguments = arguments.filter { !$0.isDefault }.map { "\($0.name)=\($0.value.python)" }
    return "keras.\(module.isEmpty ? "" : module + ".")\(className)(\(arguments.joined(separator: ", ")))"
  }
}

extension KerasObject.Value {
  var python: String {
    switch self {
    case .none: "None"
    case .flag(let value): Python.flag(value)
    case .integer(let value): "\(value)"
    case .number(let value): Python.number(value)
    case .text(let text): Python.quoted(text)
    case .tuple(let parts): Python.tuple(parts.map(\.python))
    case .object(let object): object.python
    }
  }

  /// What a word of a form is: `yes`, `3`, `0.5`, `3x5`, `relu`.
  init(word: String) {
    let parts = word.split(separator: "x").map { Int($0) }
    if word == "yes" || word == "no" {
      self = .flag(word == "yes")
    } else if let integer = Int(word) {
      self = .integer(integer)
    } else if let number = word.decimal {
      self = .number(number)
    } else if parts.count > 1, !parts.contains(nil) {
      self = .tuple(parts.compactMap { $0 }.map { .integer($0) })
    } else {
      self = .text(word)
    }
  }
}
