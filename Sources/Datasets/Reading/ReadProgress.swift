import Grammar

/// How far a table or the images of a folder are read.
public struct ReadProgress: Sendable {
  /// What is read, as it was typed: `./pets`.
  public let name: String
  /// 0 … 1.
  public let share: Double
  /// Seconds since this began.
  public let seconds: Double

  public init(name: String, share: Double, seconds: Double) {
    (self.name, self.share, self.seconds) = (name, share, seconds)
  }

  /// Seconds to the end; nil where nothing can be said yet.
  public var secondsLeft: Double? { share > 0 && share <= 1 ? seconds / share * (1 - share) : nil }
}

/// Tells how far something is read, until somebody stops it.
struct ReadWatch {
  private let name: String
  private let observer: LoadObserver
  private let start: Double

  init(_ name: String, _ observer: LoadObserver) {
    (self.name, self.observer, start) = (name.visible, observer, observer.now())
  }

  /// - Throws: `Refusal` when it is to stop here.
  func tell(_ share: Double) throws(Refusal) {
    if observer.isStopRequested() { throw .stopped }
    observer.tell(.reads(ReadProgress(name: name, share: share, seconds: observer.now() - start)))
  }
}
