import Engine
import Grammar

/// The metrics that `compile` chose in Keras, as ours, and what to say of those that are not here.
struct KerasMetricReader {
  private(set) var metrics: [any Metric] = []
  private(set) var notes: [String] = []

  /// Ours by the classes and the functions of Keras's that measure the same.
  private static let names = KerasNames.read(KerasNames.metrics).merging([
    "acc": "accuracy", "categorical_accuracy": "accuracy", "CategoricalAccuracy": "accuracy",
    "sparse_categorical_accuracy": "accuracy", "SparseCategoricalAccuracy": "accuracy", "binary_accuracy": "accuracy",
    "BinaryAccuracy": "accuracy", "mean_squared_error": "mse", "mean_absolute_error": "mae",
    "sparse_top_k_categorical_accuracy": "top_k_accuracy", "SparseTopKCategoricalAccuracy": "top_k_accuracy",
    "f1_score": "f1",
  ]) { own, _ in own }

  /// What the arguments of Keras's say where they measure as ours do.
  private static let neutral: [String: [KerasJSON]] = [
    "threshold": [.number(0.5)], "thresholds": [.number(0.5), .list([.number(0.5)])],
    "num_thresholds": [.integer(200)], "curve": [.text("ROC")], "summation_method": [.text("interpolation")],
  ]

  /// - Parameters:
  ///   - compiled: `compile_config` or `training_config`.
  ///   - kind: what examples are to be said of.
  init(_ compiled: KerasJSON, outputs: Int, _ kind: Targets.Kind) {
    for value in KerasMetricReader.flat(compiled["metrics"] ?? .null) {
      do throws(Refusal) {
        let metric = try KerasMetricReader.metric(value, outputs: outputs)
        guard type(of: metric).judges.includes(kind) else { throw .unlike(value) }
        if !metrics.contains(where: { $0.name == metric.name }) { metrics.append(metric) }
      } catch { notes.append(error.message) }
    }
    for value in KerasMetricReader.flat(compiled["weighted_metrics"] ?? .null) {
      notes.append("the weighted metric \(value.shown) is left out: metrics here count every example the same")
    }
  }

  /// Metrics in lists, or lists of lists, one each output, which may have names.
  private static func flat(_ value: KerasJSON) -> [KerasJSON] {
    if let values = value.list { return values.flatMap(flat) }
    if let members = value.members, members["class_name"] == nil {
      return members.sorted { $0.key < $1.key }.flatMap { flat($0.value) }
    }
    return value.isNothing ? [] : [value]
  }

  /// - Throws: `Refusal`, the note to give, for one that is not here, or measures something else with what it is made
  ///   with.
  private static func metric(_ value: KerasJSON, outputs: Int) throws(Refusal) -> any Metric {
    var arguments = KerasArguments(value)
    // Before Keras 3, a function with a class around it.
    let function = value["config"]?["fn"].map { KerasArguments($0).name }
    let name = names[arguments.name] == nil ? function ?? arguments.name : arguments.name
    guard let ours = names[name], let form = Metrics.catalogue[ours] else { throw .unlike(value) }
    try check(name, ours, value, outputs: outputs)
    var neutral = neutral
    if ours == "f1" {
      try checkAverage(&arguments, value, outputs: outputs)
      neutral["threshold"] = nil
    }
    let words = [ours] + arguments.words(form.slots.map(\.name))
    if let stranger = arguments.stranger(besides: neutral) { throw .unlike(value, stranger) }
    guard let metric = try? Metrics.catalogue.value(of: words.joined(separator: " ")) else {
      throw .unlike(value, words.dropFirst().joined(separator: " "))
    }
    return metric
  }

  /// Ours picks the accuracy by the number of outputs; Keras has one for each, which is another on others' outputs.
  private static func check(_ name: String, _ ours: String, _ value: KerasJSON, outputs: Int) throws(Refusal) {
    guard ours == "accuracy", !["accuracy", "acc"].contains(name) else { return }
    guard name.lowercased().hasPrefix("binary") == (outputs == 1) else {
      throw .unlike(value, "\(outputs) output\(outputs == 1 ? "" : "s")")
    }
  }

  /// Ours is the mean over the classes; a row counts for its largest output, or for one above a half.
  private static func checkAverage(
    _ arguments: inout KerasArguments, _ value: KerasJSON, outputs: Int
  ) throws(Refusal) {
    let average = arguments.take("average")
    guard average == .text("macro") else { throw .unlike(value, KerasArguments.shown("average", average)) }
    let threshold = arguments.take("threshold")
    guard threshold?.number == (outputs == 1 ? 0.5 : nil) else {
      throw .unlike(value, KerasArguments.shown("threshold", threshold))
    }
  }
}

extension Refusal {
  fileprivate static func unlike(_ value: KerasJSON, _ with: String? = nil) -> Refusal {
    let what = with.map { "\(value.shown) with \($0)" } ?? value.shown
    return Refusal("the metric \(what) is left out: there is none like it here")
  }
}
