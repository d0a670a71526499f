import Datasets
import Engine
import Grammar

/// The line of Sumi that does what a line of Keras would.
struct KerasLine {
  /// What to type; several commands with `;` between them.
  let line: String
  /// Why that is all, where it is less than was typed.
  var remark: String?

  private init(line: String, _ remark: String? = nil) { (self.line, self.remark) = (line, remark) }

  /// nil for what does not look like Python.
  init?(python typed: String) {
    let text = KerasLine.expression(typed)
    if let line = KerasLine.imported(text) ?? KerasLine.prepared(text) {
      self = line
      return
    }
    var reader = PythonReader(text)
    switch reader.value() {
    case .call(let call):
      guard let line = KerasLine.called(call) else { return nil }
      self = line
    case .name(let name) where name.contains("history.history"): self.init(line: "show curves")
    case .name(let name) where name.hasSuffix("model.layers"): self.init(line: "summary")
    case .name(let name):
      // A method without its brackets is meant as if it had them.
      guard let line = KerasCall.line(PythonCall(path: name, positional: [], named: [:])) else { return nil }
      self.init(line: line)
    default: return nil
    }
  }

  /// Without a Python prompt, what it is assigned to, and a `print` around it.
  private static func expression(_ typed: String) -> String {
    var text = typed.drop { $0.isWhitespace || $0 == ">" || $0 == "." }
    let head = text.prefix { $0.isLetter || $0.isNumber || "_., ()".contains($0) }
    if !head.isEmpty, text.dropFirst(head.count).hasPrefix("="), !text.dropFirst(head.count).hasPrefix("=="),
      head.filter({ $0 == "(" }).count == head.filter({ $0 == ")" }).count
    {
      text = text.dropFirst(head.count + 1).drop(while: \.isWhitespace)
    }
    if text.hasPrefix("print(") { text = text.dropFirst("print(".count) }
    return String(text)
  }

  private static func imported(_ text: String) -> KerasLine? {
    let words = text.split { $0.isWhitespace || $0 == "," }
    guard let first = words.first, words.count > 1, first == "import" || first == "from" else { return nil }
    let known = ["keras", "tensorflow", "tf", "torch", "numpy", "matplotlib", "sklearn"]
    guard known.contains(where: { words[1].hasPrefix($0) }) else { return nil }
    let names = words.flatMap { $0.split(separator: ".") }.map(String.init)
    if let data = names.compactMap(dataset).first {
      return KerasLine(line: "load \(data)", "nothing has to be imported")
    }
    let groups = ["layers", "optimizers", "losses", "metrics", "activations", "initializers"]
    let group = groups.first { names.contains($0) }
    return KerasLine(line: group.map { "help \($0)" } ?? "help", "nothing has to be imported")
  }

  /// `train_images.reshape((60000, 28 * 28)).astype('float32') / 255`: what `load` does by itself.
  private static func prepared(_ text: String) -> KerasLine? {
    if text.contains("to_categorical") {
      return KerasLine(line: "help one-hot", "labels become one-hot rows by themselves")
    }
    guard text.contains(".astype(") || text.contains(".reshape(") || text.contains("/ 255") || text.contains("/255")
    else {
      return nil
    }
    return KerasLine(
      line: "data", "pixels come as numbers from 0 to 1, and a dense layer lays them in a row, by itself")
  }

  /// The name of a data set here, of Keras's: `fashion_mnist`.
  static func dataset(_ name: String) -> String? {
    let plain = name.replacing("_", with: "-")
    return DataSources.catalogue.forms.map(\.name).first { $0 == plain }
  }

  private static func called(_ call: PythonCall) -> KerasLine? {
    switch call.name {
    case "Sequential": return sequential(call)
    case "load_data":
      return call.path.split(separator: ".").lazy.compactMap { dataset(String($0)) }.first.map {
        KerasLine(line: "load \($0)")
      }
    case "imshow", "matshow": return KerasLine(line: "show example 0")
    case "plot_model": return KerasLine(line: "show network")
    case "figure", "plot", "show", "legend", "xlabel", "ylabel", "title", "subplots": return plotted(call)
    case "Input", "InputLayer": return KerasLine(line: "load digits", "the input has the shape of the data")
    case "confusion_matrix": return KerasLine(line: "confusion")
    case "classification_report": return KerasLine(line: "report")
    case "set_random_seed": return KerasLine(line: "seed \(call.argument("seed", at: 0)?.word ?? "1")")
    default:
      return KerasCall.line(call).map { KerasLine(line: $0) } ?? KerasLayer.line(call).map { KerasLine(line: $0) }
    }
  }

  private static func plotted(_ call: PythonCall) -> KerasLine? {
    ["plt", "pyplot"].contains { call.path.contains("\($0).") } ? KerasLine(line: "show curves") : nil
  }

  /// All layers at once.
  private static func sequential(_ call: PythonCall) -> KerasLine {
    guard case .list(let layers)? = call.argument("layers", at: 0) else {
      return KerasLine(line: "add dense 512 relu", "the network is there already, and empty; layers are added to it")
    }
    let lines = layers.compactMap { value -> String? in
      if case .call(let call) = value { KerasLayer.line(call) } else { nil }
    }
    return lines.isEmpty
      ? KerasLine(line: "add dense 512 relu", "layers are added one by one")
      : KerasLine(line: lines.joined(separator: "; "))
  }
}
