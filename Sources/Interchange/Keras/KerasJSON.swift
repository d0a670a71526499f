import FoundationEssentials
import Grammar

/// A value of JSON, as Keras keeps what its layers and optimizers are made with.
enum KerasJSON: Equatable, Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([KerasJSON])
  case object([String: KerasJSON])

  /// Values inside values at most; Keras's have a dozen.
  private static let deepest = 100
  /// Bytes at most; Keras's configs have some thousands.
  static let longest = 8 << 20

  /// - Parameter what: what it is, for the message: `model.keras: config.json`.
  /// - Throws: `Refusal` when the bytes are no JSON.
  init(_ bytes: [UInt8], what: String) throws(Refusal) {
    guard bytes.count <= KerasJSON.longest, KerasJSON.depth(bytes) <= KerasJSON.deepest,
      let value = try? JSONDecoder().decode(KerasJSON.self, from: Data(bytes))
    else { throw Refusal("\(what) is no JSON that Keras writes") }
    self = value
  }

  /// How deep brackets stand inside each other, so that no text runs the decoder out of its stack.
  private static func depth(_ bytes: [UInt8]) -> Int {
    var (depth, deepest, isText, isEscaped) = (0, 0, false, false)
    for byte in bytes {
      if isText {
        (isText, isEscaped) = (isEscaped || byte != UInt8(ascii: "\""), !isEscaped && byte == UInt8(ascii: "\\"))
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return deepest
  }

  /// A member of an object; nil where there is none, or this is no object.
  subscript(name: String) -> KerasJSON? { if case .object(let members) = self { members[name] } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var list: [KerasJSON]? { if case .list(let values) = self { values } else { nil } }
  var members: [String: KerasJSON]? { if case .object(let members) = self { members } else { nil } }
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// Whether it says that nothing is chosen: `null` or `false`.
  var isNothing: Bool { self == .null || self == .flag(false) }

  /// The word of a form that means the same: `3`, `0.5`, `yes`, `3x5`; nil for what no single word is.
  var word: String? {
    switch self {
    case .null, .object: return nil
    case .flag(let value): return value ? "yes" : "no"
    case .integer(let value): return "\(value)"
    case .number(let value): return KerasJSON.shortest(value)
    case .text(let text): return text
    case .list(let values):
      let words = values.compactMap { $0.integer.map(String.init) }
      guard words.count == values.count, let first = words.first else { return nil }
      return Set(words).count == 1 ? first : words.joined(separator: "x")
    }
  }

  /// The shortest text of a number; of one that went through single precision, the shortest that gives it there.
  private static func shortest(_ value: Double) -> String {
    let single = Float(value)
    return Double(single) == value ? "\(single)" : "\(value)"
  }

  /// How it reads in a message, not too long; a thing of Keras's by its class or its function alone.
  var shown: String {
    guard let className = self["class_name"]?.text else { return encoded.shown }
    let isNamed = className == "function" || className.hasSuffix("DTypePolicy")
    let name = isNamed ? self["config"]?.text ?? self["config"]?["name"]?.text : nil
    return (name ?? className).shown
  }
}

// MARK: As text

extension KerasJSON: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([KerasJSON].self) {
      self = .list(values)
    } else {
      self = .object(try container.decode([String: KerasJSON].self))
    }
  }

  /// JSON on one line, members in the order of their names.
  var encoded: String {
    switch self {
    case .null: "null"
    case .flag(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .text(let text): KerasJSON.quoted(text)
    case .list(let values): "[\(values.map(\.encoded).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\(KerasJSON.quoted($0)): \($1.encoded)" }.joined(separator: ", "))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension KerasObject {
  /// The config that Keras makes it from again: its module, its class and its arguments.
  var json: KerasJSON { json(with: [:]) }

  /// - Parameter extra: what stands in its config besides its arguments.
  func json(with extra: [String: KerasJSON]) -> KerasJSON {
    var config = extra
    for argument in arguments { config[argument.name] = argument.value.json }
    return .object([
      "module": .text(module.isEmpty ? "keras" : "keras.\(module)"), "class_name": .text(className),
      "config": .object(config), "registered_name": .null,
    ])
  }
}

extension KerasObject.Value {
  var json: KerasJSON {
    switch self {
    case .none: .null
    case .flag(let value): .flag(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let text): .text(text)
    case .tuple(let parts): .list(parts.map(\.json))
    case .object(let object): object.json
    }
  }
}
