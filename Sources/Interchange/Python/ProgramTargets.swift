import Engine

/// How a program holds what a network should say.
enum ProgramTargets: Equatable {
  /// The class of each example.
  case numbers
  /// A row with a 1 at the class.
  case rows(Int)
  /// 0 or 1 in a column.
  case column
  /// Values, in columns.
  case values

  /// - Parameter takesNumbers: whether loss and metrics take the number of a class.
  init(_ kind: Targets.Kind, outputs: Int, takesNumbers: Bool) {
    switch kind {
    case .values: self = .values
    case .classes where outputs == 1: self = .column
    case .classes(let count): self = takesNumbers ? .numbers : .rows(count)
    }
  }
}
