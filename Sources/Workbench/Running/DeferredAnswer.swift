import Pictures

/// An answer that is complete only after a script has run in the line's place.
protocol DeferredAnswer: Answer {
  /// What runs before the line is over.
  var script: Script { get }

  /// The text to be offered again when the script fails; its lines then count together or not at all.
  var editedText: String? { get }

  /// The answer when the script is over.
  func completed(_ replay: Replay) -> any Answer
}

extension DeferredAnswer {
  var json: JSON { .object([]) }
  var pictures: [any Picture] { [] }
  var editedText: String? { nil }
}
