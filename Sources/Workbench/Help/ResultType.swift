/// What a part of a command's JSON is, for those who read it by a program.
indirect enum ResultType: Sendable {
  case any
  case text
  case integer
  /// A number that is not finite is null.
  case number
  case flag
  /// Or null.
  case optional(ResultType)
  case list(ResultType)
  /// Members, some of which are not always there; others are figures by the names of metrics where they may be.
  case object([(name: String, type: ResultType, isRequired: Bool)], hasFigures: Bool)

  /// Reads `{split:text count:integer best*:integer? +}`: `*` behind a member that is not always there, `?` behind what
  /// may be null, `[…]` around what there are several of, `+` for figures; nil where it is none.
  init?(_ notation: String) {
    var rest = notation[...]
    guard let type = ResultType.read(&rest), rest.isEmpty else { return nil }
    self = type
  }

  private static func read(_ rest: inout Substring) -> ResultType? {
    guard let first = rest.first else { return nil }
    var type: ResultType?
    if first == "[" {
      rest.removeFirst()
      type = read(&rest).map(ResultType.list)
      guard rest.popFirst() == "]" else { return nil }
    } else if first == "{" {
      rest.removeFirst()
      type = members(&rest)
    } else {
      let word = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(word.count)
      type = ["any": .any, "text": .text, "integer": .integer, "number": .number, "flag": .flag][String(word)]
    }
    guard let type, rest.first == "?" else { return type }
    rest.removeFirst()
    return .optional(type)
  }

  private static func members(_ rest: inout Substring) -> ResultType? {
    var (members, hasFigures) = ([(name: String, type: ResultType, isRequired: Bool)](), false)
    while let next = rest.first, next != "}" {
      if next == " " {
        rest.removeFirst()
      } else if next == "+" {
        rest.removeFirst()
        hasFigures = true
      } else {
        let name = rest.prefix { $0 != ":" && $0 != "*" && $0 != "}" }
        rest = rest.dropFirst(name.count)
        let isRequired = rest.first != "*"
        if !isRequired { rest.removeFirst() }
        guard rest.popFirst() == ":", let type = read(&rest) else { return nil }
        members.append((String(name), type, isRequired))
      }
    }
    return rest.popFirst() == "}" ? .object(members, hasFigures: hasFigures) : nil
  }

  /// As JSON Schema, draft 2020-12.
  var schema: JSON {
    switch self {
    case .any: .object([])
    case .text: .object([("type", "string")])
    case .integer: .object([("type", "integer")])
    case .number: .object([("type", .list(["number", "null"]))])
    case .flag: .object([("type", "boolean")])
    case .optional(let type): .object([("anyOf", .list([type.schema, .object([("type", "null")])]))])
    case .list(let type): .object([("type", "array"), ("items", type.schema)])
    case .object(let members, let hasFigures):
      .object([
        ("type", "object"), ("properties", .object(members.map { ($0.name, $0.type.schema) })),
        ("required", .list(members.filter(\.isRequired).map { .text($0.name) })),
        ("additionalProperties", hasFigures ? ResultType.number.schema : false),
      ])
    }
  }
}
