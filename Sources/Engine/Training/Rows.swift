import Grammar

/// Which examples train and which only validate.
public struct Rows: Equatable, Sendable {
  public let train: [Int]
  public let validation: [Int]

  /// Splits as Keras 3.15 does: the last part validates, taken before any shuffling; stratified, of each class.
  /// - Throws: `Refusal` when nothing is left to train on, or nothing to validate with.
  init(_ examples: Examples, _ validation: Training.Validation, isStratified: Bool) throws(Refusal) {
    if isStratified {
      _ = try examples.requireClasses(hint: "fit 1 validation=0.1")
      if validation == .none || validation == .test { throw .nothingToStratify }
    }
    guard case .share(let share) = validation else {
      train = Array(0..<examples.count)
      self.validation = []
      return
    }
    let groups = isStratified ? Rows.classes(examples) : [Array(0..<examples.count)]
    // Keras trains on the first ⌊n·(1 − share)⌋.
    let cuts = groups.map { Int(Double($0.count) * (1 - share)) }
    train = zip(groups, cuts).flatMap { $0.prefix($1) }.sorted()
    self.validation = zip(groups, cuts).flatMap { $0.dropFirst($1) }.sorted()
    if train.isEmpty { throw .nothingToTrainOn(examples.count) }
    if self.validation.isEmpty { throw .nothingToValidateWith(examples.count) }
  }

  private static func classes(_ examples: Examples) -> [[Int]] {
    let labels = examples.labels
    var groups = [[Int]](repeating: [], count: examples.classes)
    for row in 0..<examples.count { groups[labels[row]].append(row) }
    return groups
  }
}

extension Refusal {
  fileprivate static func nothingToTrainOn(_ count: Int) -> Refusal {
    Refusal("of \(count) examples validation leaves none to train on", hint: "fit 1 validation=0.1")
  }
  fileprivate static let nothingToStratify = Refusal(
    "stratified=yes needs a share to take of each class", hint: "fit 1 validation=0.1 stratified=yes")

  fileprivate static func nothingToValidateWith(_ count: Int) -> Refusal {
    Refusal("of \(count) examples this share leaves none to validate with", hint: "fit 1 validation=test")
  }
}
