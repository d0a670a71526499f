import Pictures

/// What is told besides the result.
extension Runner {
  /// Said once, when the first line of a script has begun a session of its own.
  mutating func begun() -> [Line] {
    guard let last = frames.indices.last, frames[last].startsAfresh else { return [] }
    frames[last].startsAfresh = false
    return ["the script begins with an empty session; undo brings back the one before"]
  }

  /// Said once, when the oldest states had to go.
  mutating func forgotten() -> [Line] {
    guard session.trim(to: host.preferences.settings.undo), !hasToldForgetting else { return [] }
    hasToldForgetting = true
    return [Line(session.forgottenNote)]
  }
}
