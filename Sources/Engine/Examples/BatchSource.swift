import Grammar

/// Where rows of features come from that are not held in memory: a set may be larger than the machine's.
public protocol BatchSource: AnyObject, Sendable {
  /// Numbers in all rows.
  var count: Int { get }

  /// Bytes of memory that it holds itself.
  var byteCount: Int { get }

  /// Writes row `index`, as the network gets it; any thread may ask.
  /// - Throws: `Refusal` when it cannot be read any more.
  func read(_ index: Int, into row: FloatSpan) throws(Refusal)

  /// Tells that these rows will be wanted next; reading them begins, and nobody waits for it.
  func readAhead(_ rows: ArraySlice<Int>)
}
