import Datasets
import Engine
import Grammar

extension ModelDescription.Data {
  init(_ dataset: Dataset) {
    name = dataset.name
    columns = dataset.columns.isEmpty ? nil : dataset.columns
    label = dataset.rows?.label
    load = dataset.line
    switch dataset.targets {
    case .classes: classes = dataset.classes
    case .values(let width): values = width
    }
  }

  /// Of data of which a foreign model's file tells nothing but the classes, if that.
  init(unnamed name: String, classes: [String] = []) {
    self.name = name
    if !classes.isEmpty { self.classes = classes }
    isForeign = true
  }

  /// Whether it says nothing of classes or values.
  var isUnnamed: Bool { classes == nil && values == nil }

  /// What loads it, as far as its file tells.
  var line: String {
    if isForeign == true { return "load digits" }
    // A file may hold any line: what is typed next only loads.
    if let load, let command = (try? Statement(load))?.command as? Load, let line = Load.form.line(command) {
      return line
    }
    return "load \(ArgumentType<String>.quote(name))"
      + (label.map { " label=\(ArgumentType<String>.quote($0))" } ?? "")
  }
}
