/// News of a download.
public enum DownloadEvent: Sendable {
  /// What is about to be fetched: `mnist is not here yet: fetching 11.6 MB from storage.googleapis.com`.
  case begins(String)
  case runs(DownloadProgress)
  /// Something a person may want to know, such as an address that did not answer.
  case note(String)
  /// All of it is there.
  case ends(String)
}

/// How far a file is.
public struct DownloadProgress: Sendable {
  public let file: String
  /// Bytes that are there.
  public let done: Int
  /// Bytes that there will be; nil when the server does not say.
  public let total: Int?
  /// Bytes that were there when this began.
  public let first: Int
  /// Seconds since this began.
  public let seconds: Double

  public init(file: String, done: Int, total: Int?, first: Int, seconds: Double) {
    (self.file, self.done, self.total, self.first, self.seconds) = (file, done, total, first, seconds)
  }

  /// Bytes a second so far; nil where nothing can be said yet.
  public var rate: Double? { seconds > 0.2 && done > first ? Double(done - first) / seconds : nil }

  /// Seconds to the end; nil where nothing can be said.
  public var secondsLeft: Double? {
    guard let rate, let total, total >= done else { return nil }
    return Double(total - done) / rate
  }
}

/// What the outside has a say in while something is fetched: time, news, and when to stop.
public struct DownloadObserver {
  let now: () -> Double
  let tell: (DownloadEvent) -> Void
  let isStopRequested: () -> Bool

  /// - Parameter now: seconds since some moment.
  public init(
    now: @escaping () -> Double = { 0 }, tell: @escaping (DownloadEvent) -> Void = { _ in },
    isStopRequested: @escaping () -> Bool = { false }
  ) {
    (self.now, self.tell, self.isStopRequested) = (now, tell, isStopRequested)
  }
}
