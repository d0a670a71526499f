/// What a person has chosen, for as long as the program runs: it belongs to no session, so it is neither undone nor
/// saved with one, and everybody who asks sees the latest choice.
public final class Preferences {
  public internal(set) var settings: Settings

  public init(_ settings: Settings = Settings()) { self.settings = settings }
}
