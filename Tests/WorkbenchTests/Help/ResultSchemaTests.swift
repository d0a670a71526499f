import Foundation
import Testing

@testable import Workbench

@Suite("The JSON of results, as a schema")
struct ResultSchemaTests {
  @Test("every command says what its result is, and nothing else does")
  func isComplete() {
    #expect(Set(ResultSchema.notations.keys) == Set(Commands.catalogue.forms.map(\.name)))
    for (name, notation) in ResultSchema.notations { #expect(ResultType(notation) != nil, "\(name)") }
  }

  @Test("a result that is not as its schema says is told from one that is")
  func tellsApart() throws {
    let schema = try #require(ResultSchema.result(of: "expect"))
    #expect(Schema(schema).mistake(in: ["metric": "loss", "value": 0.5, "holds": true]) == nil)
    #expect(Schema(schema).mistake(in: ["metric": "loss", "value": NSNull(), "holds": true]) == nil)
    #expect(Schema(schema).mistake(in: ["metric": "loss", "value": "0.5", "holds": true]) == "value: not number, null")
    #expect(Schema(schema).mistake(in: ["metric": "loss", "value": 1]) == "holds is missing")
    #expect(Schema(schema).mistake(in: ["metric": "a", "value": 1, "holds": true, "b": 1]) == "b is not foreseen")
  }

  @Test("the schema is JSON, and has every command's result")
  func isJSON() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ResultSchema.text.utf8)) as? [String: Any]
    #expect((object?["$defs"] as? [String: Any])?.count == Commands.catalogue.forms.count)
  }
}

/// Reads JSON Schema as far as ours goes.
struct Schema {
  private let schema: [String: Any]

  init(_ json: JSON) {
    schema = (try? JSONSerialization.jsonObject(with: Data(json.text.utf8))) as? [String: Any] ?? [:]
  }

  /// What is wrong with a value; nil when it is as it should be.
  func mistake(in value: Any) -> String? { Schema.mistake(in: value, schema) }

  private static func mistake(in value: Any, _ schema: [String: Any]) -> String? {
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let mistakes = choices.map { mistake(in: value, $0) }
      return mistakes.contains { $0 == nil } ? nil : mistakes[0]
    }
    let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
    guard types.isEmpty || types.contains(where: { isA(value, $0) }) else {
      return "not \(types.joined(separator: ", "))"
    }
    if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
      for (place, item) in list.enumerated() {
        if let wrong = mistake(in: item, items) { return "\(place): \(wrong)" }
      }
    }
    guard let object = value as? [String: Any], let properties = schema["properties"] as? [String: [String: Any]] else {
      return nil
    }
    for name in schema["required"] as? [String] ?? [] where object[name] == nil { return "\(name) is missing" }
    for (name, member) in object.sorted(by: { $0.key < $1.key }) {
      if let known = properties[name] ?? schema["additionalProperties"] as? [String: Any] {
        if let wrong = mistake(in: member, known) { return "\(name): \(wrong)" }
      } else {
        return "\(name) is not foreseen"
      }
    }
    return nil
  }

  private static func isA(_ value: Any, _ type: String) -> Bool {
    let isFlag = (value as? NSNumber).map(Schema.isFlag) ?? (value is Bool)
    switch type {
    case "null": return value is NSNull
    case "string": return value is String
    case "boolean": return isFlag
    case "integer": return !isFlag && (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } == true
    case "number": return !isFlag && value is NSNumber
    case "array": return value is [Any]
    default: return value is [String: Any]
    }
  }

  /// Whether a number stands for yes or no.
  private static func isFlag(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
