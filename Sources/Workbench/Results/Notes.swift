import Pictures

extension Session {
  /// What to say when random numbers are used for the first time and nobody chose the seed.
  func noteSeed() -> [Line] {
    guard seed.isDrawn, random == .init(seed: seed.number) else { return [] }
    return [
      "seed \(volatile: String(seed.number)) was drawn; type it before the first layer to get the same numbers again"
    ]
  }

  /// What to say when a change of the layers makes training void.
  func noteForgotten() -> [Line] {
    if !history.isEmpty { return ["the layers changed, so compile and fit again; undo brings the training back"] }
    return trainer == nil ? [] : ["the layers changed, so compile again"]
  }
}
