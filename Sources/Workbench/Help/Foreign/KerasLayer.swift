import Engine
import Grammar

/// Translates calls that make a part of a network in Keras into the words that make it here.
///
/// Names and parameters are found in the forms' own catalogues, so a layer that is added there is translated too.
enum KerasLayer {
  /// `Dense(512, activation='relu')` → `add dense 512 relu`; nil for what is no layer here.
  static func line(_ call: PythonCall) -> String? {
    if call.name == "Activation", let name = call.argument("activation", at: 0)?.word {
      return "add activation \(name)"
    }
    guard let form = form(called: call.name, in: Layers.catalogue) else { return nil }
    return understood("add", form, call) ?? form.examples.first
  }

  /// The form that Keras calls so: by its own name, or by another that it says it has.
  static func form<Value>(called name: String, in catalogue: Catalogue<Value>) -> Form<Value>? {
    let plain = plain(name)
    return catalogue.forms.first { form in ([form.name] + form.otherNames).contains { self.plain($0) == plain } }
  }

  private static func plain(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }

  /// The line with all arguments that are known here; without the ones behind it that are not understood.
  private static func understood<Value>(_ verb: String, _ form: Form<Value>, _ call: PythonCall) -> String? {
    let all = words(form.slots, call)
    for count in stride(from: all.count, through: 0, by: -1) {
      let line = ([verb, form.name] + all.prefix(count)).joined(separator: " ")
      if let command = (try? Statement(line))?.command, let written = Commands.catalogue.line(command) {
        return written
      }
    }
    return nil
  }

  /// The arguments in the order of the form's parameters, those in their places first.
  static func words(_ slots: [ParameterInfo], _ call: PythonCall) -> [String] {
    var (placed, named) = ([String](), [String]())
    for (place, slot) in slots.enumerated() {
      let keys = [slot.name, slot.alias, "\(slot.name)_size"].compactMap { $0 }
      let value =
        keys.lazy.compactMap { call.named[$0] }.first
        ?? (call.positional.indices.contains(place) && slot.place != .named ? call.positional[place] : nil)
      guard let word = value.flatMap(word) else { continue }
      if slot.place != .named, placed.count == place {
        placed.append(word)
      } else {
        named.append("\(slot.name)=\(word)")
      }
    }
    return placed + named
  }

  /// `(3, 3)` → `3`, `(3, 5)` → `3x5`, `True` → `yes`, `keras.regularizers.l2(0.001)` → nothing.
  private static func word(_ value: PythonValue) -> String? {
    switch value {
    case .list(let parts):
      let words = parts.compactMap(\.word)
      return Set(words).count == 1 ? words.first : words.joined(separator: "x")
    case .call: return nil
    default:
      guard let word = value.word, word != "None" else { return nil }
      return ["True": "yes", "False": "no"][word] ?? word
    }
  }
}
