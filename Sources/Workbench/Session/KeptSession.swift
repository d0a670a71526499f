/// A session that the program has kept.
public struct KeptSession: Sendable {
  /// The path of its script.
  public let script: String
  /// Seconds since it was kept.
  public let age: Int
  /// Commands of its script.
  public let commands: Int
  /// Why it was kept: `was cut off`.
  public let reason: String

  public init(script: String, age: Int, commands: Int, reason: String) {
    (self.script, self.age, self.commands, self.reason) = (script, age, commands, reason)
  }
}
