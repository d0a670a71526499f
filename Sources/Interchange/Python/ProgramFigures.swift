import Engine
import Grammar

/// What a program has measured, at some line of it.
enum ProgramFigures {
  /// Nothing since the network was made or changed; what the last epoch measured is in its history alone.
  case none
  /// The last epoch, in `figures`.
  case epoch
  /// Examples, in `figures`.
  case evaluation
}

extension LibraryProgram {
  /// Fails where a figure is not as it should be, as `expect` does.
  /// - Parameter history: the expression of a figure of the last epoch.
  mutating func expect(_ condition: Condition, history: (String) -> String) {
    let name = Python.quoted(condition.metric)
    let isOfEvaluation = measured == .evaluation && !condition.metric.hasPrefix("val_")
    let figure = isOfEvaluation || measured == .epoch ? "figures[\(name)]" : history(name)
    // Only a program that trains has epochs.
    if learnt.areMissing || learnt.isOffered && !isOfEvaluation {
      file.add("if TRAINS:")
      file.indent = 4
    }
    file.add("assert \(condition.python(figure))")
    file.indent = 0
  }
}

extension Condition {
  /// A figure held against the bound, with as many decimals as are shown, or as the bound has.
  func python(_ figure: String) -> String {
    let rest = text.dropFirst(metric.count)
    let parts = (rest.split(separator: " ").last ?? "").split(separator: "e")
    let fraction = (parts.first ?? "").split(separator: ".").dropFirst().first ?? ""
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return "round(\(figure), \(min(22, max(4, (fraction == "0" ? 0 : fraction.count) - exponent))))\(rest)"
  }
}
