import Engine
import Grammar

/// Translates what is done with a Keras model: `model.fit(…)` and its like.
enum KerasCall {
  /// nil for a method that models have not.
  static func line(_ call: PythonCall) -> String? {
    guard call.path.contains(".") || call.name.hasPrefix("predict_") else { return nil }
    switch call.name {
    case "add": return added(call)
    case "compile": return compiled(call)
    case "fit", "train_on_batch": return fitted(call)
    case "evaluate": return "evaluate"
    case "summary", "get_weights", "get_config": return "summary"
    case "predict", "predict_classes", "predict_proba", "predict_on_batch": return "predict 0"
    case "pop": return "remove"
    case "save", "save_model": return "save model \(file(call, "keras", among: ["keras"]))"
    case "save_weights": return "save weights \(file(call, "weights.h5", among: ["weights.h5"]))"
    case "load_model": return "load model \(file(call, "keras", among: ["keras", "h5", "hdf5"]))"
    case "load_weights": return "load weights \(file(call, "weights.h5", among: ["h5", "hdf5", "keras"]))"
    default: return nil
    }
  }

  private static func added(_ call: PythonCall) -> String? {
    guard case .call(let layer)? = call.argument("layer", at: 0) else { return nil }
    return KerasLayer.line(layer)
  }

  /// `model.compile(optimizer='rmsprop', loss='categorical_crossentropy', metrics=['accuracy'])`
  private static func compiled(_ call: PythonCall) -> String {
    let chosen = call.argument("optimizer", at: 0)
    let form = chosen?.word.flatMap { KerasLayer.form(called: $0, in: Optimizers.catalogue) }
    var words = ["compile", form?.name ?? "rmsprop"]
    if let form, case .call(let made)? = chosen {
      words += KerasLayer.words(form.slots, renamed(made, "learning_rate", at: 0)).map {
        $0.replacing("learning_rate=", with: "lr=")
      }
    }
    let loss = call.argument("loss", at: 1)?.word.flatMap { KerasLayer.form(called: $0, in: Losses.catalogue) }
    if let loss { words.append("loss=\(loss.name)") }
    let metrics = metrics(call.argument("metrics", at: 2))
    if !metrics.isEmpty { words.append("metrics=\(metrics.joined(separator: ","))") }
    return first(words, ["compile", form?.name ?? "rmsprop"])
  }

  /// The optimizer's first argument by its name, as it has to be given here.
  private static func renamed(_ call: PythonCall, _ name: String, at place: Int) -> PythonCall {
    guard let value = call.argument("lr") ?? call.argument(name, at: place) else { return call }
    return PythonCall(path: call.path, positional: [], named: call.named.merging([name: value]) { first, _ in first })
  }

  private static func metrics(_ value: PythonValue?) -> [String] {
    let values: [PythonValue] = if case .list(let values)? = value { values } else { value.map { [$0] } ?? [] }
    return values.compactMap { value in
      value.word == "acc" ? "accuracy" : value.word.flatMap { KerasLayer.form(called: $0, in: Metrics.catalogue)?.name }
    }
  }

  /// `model.fit(x, y, epochs=5, batch_size=128, validation_split=0.1)`
  private static func fitted(_ call: PythonCall) -> String {
    let epochs = call.argument("epochs", at: 3)?.word ?? call.argument("nb_epoch")?.word ?? "1"
    var words = ["fit", epochs]
    if let batch = call.argument("batch_size", at: 2)?.word { words.append(batch) }
    if let share = call.argument("validation_split")?.word {
      words.append("validation=\(share)")
    } else if call.argument("validation_data") != nil {
      words.append("validation=test")
    }
    if call.argument("shuffle")?.word == "False" { words.append("shuffle=no") }
    return first(words, ["fit", epochs], ["fit", "5"])
  }

  /// The first line that can be typed.
  private static func first(_ lines: [String]...) -> String {
    let joined = lines.map { $0.joined(separator: " ") }
    return joined.first { ((try? Statement($0)) ?? nil) != nil } ?? joined[joined.count - 1]
  }

  /// The name of the file, with an ending of ours where it has none of Keras's.
  private static func file(_ call: PythonCall, _ ending: String, among endings: [String]) -> String {
    let name = call.argument("filepath", at: 0)?.word ?? "model"
    let isKept = endings.contains { name.lowercased().hasSuffix(".\($0)") }
    return ArgumentType<String>.quote(isKept ? name : FileEnding.replaced(name, by: ending))
  }
}
