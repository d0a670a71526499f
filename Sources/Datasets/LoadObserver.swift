/// News of a `load`.
public enum LoadEvent: Sendable {
  /// What is about to be fetched: `mnist is not here yet: fetching 11.6 MB from storage.googleapis.com`.
  case begins(String)
  case downloads(DownloadProgress)
  case reads(ReadProgress)
  /// Something a person may want to know, such as an address that did not answer.
  case note(String)
  /// All of it is there.
  case ends(String)
}

/// What the outside has a say in while something is loaded: time, news, and when to stop.
public struct LoadObserver {
  let now: () -> Double
  let tell: (LoadEvent) -> Void
  let isStopRequested: () -> Bool

  /// - Parameter now: seconds since some moment.
  public init(
    now: @escaping () -> Double = { 0 }, tell: @escaping (LoadEvent) -> Void = { _ in },
    isStopRequested: @escaping () -> Bool = { false }
  ) {
    (self.now, self.tell, self.isStopRequested) = (now, tell, isStopRequested)
  }
}
