/// A key of the prompt and what it does, for `help keys`.
public struct KeyHelp: Equatable, Sendable {
  /// As a person calls it: `Ctrl-R`.
  public let keys: String
  public let does: String

  public init(_ keys: String, _ does: String) {
    self.keys = keys
    self.does = does
  }
}
