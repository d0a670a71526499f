extension Runner {
  /// A moment to come back to: the session as it was, and the number that the next line had.
  public struct Bookmark: Sendable {
    fileprivate let session: Session
    fileprivate let count: Int
  }

  public var bookmark: Bookmark { Bookmark(session: session, count: count) }

  /// Goes to a moment; what files were written since stays written.
  /// - Precondition: no script is open.
  public mutating func go(to bookmark: Bookmark) { (session, count) = (bookmark.session, bookmark.count) }
}
