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
