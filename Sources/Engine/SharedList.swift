/// A list in pieces that its copies share: whoever keeps every state of one that only grows, as `undo` does with the
/// lines of a session and checkpoints with the epochs of a run, would otherwise copy all of it with each new element.
public struct SharedList<Element: Sendable>: RandomAccessCollection, MutableCollection, ExpressibleByArrayLiteral,
  Sendable
{
  /// Elements of a piece.
  private static var length: Int { 128 }

  /// Pieces of this length each.
  private var full: [[Element]] = []
  /// The last elements, fewer than a piece has.
  private var tail: [Element] = []

  public init() {}

  public init(_ elements: some Sequence<Element>) { append(contentsOf: elements) }

  public init(arrayLiteral elements: Element...) { append(contentsOf: elements) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { full.count * Self.length + tail.count }

  public subscript(index: Int) -> Element {
    get {
      let (piece, place) = index.quotientAndRemainder(dividingBy: Self.length)
      return piece < full.count ? full[piece][place] : tail[place]
    }
    set {
      let (piece, place) = index.quotientAndRemainder(dividingBy: Self.length)
      if piece < full.count { full[piece][place] = newValue } else { tail[place] = newValue }
    }
  }

  /// Adds an element at the end: a copy of at most one piece.
  public mutating func append(_ element: Element) {
    tail.append(element)
    guard tail.count == Self.length else { return }
    full.append(tail)
    tail = []
  }

  /// Adds elements at the end, one after the other.
  public mutating func append(contentsOf elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }
}

extension SharedList where Element: Equatable {
  /// How many elements at the beginning are the same in both; pieces that both share are not looked into.
  package func commonPrefix(with other: SharedList) -> Int {
    let shared = zip(full, other.full).prefix { Self.isShared($0, $1) }.count
    var index = shared * Self.length
    while index < Swift.min(count, other.count), self[index] == other[index] { index += 1 }
    return index
  }

  private static func isShared(_ first: [Element], _ second: [Element]) -> Bool {
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { first.baseAddress == $0.baseAddress && first.count == $0.count }
    }
  }
}

extension SharedList: Equatable where Element: Equatable {
  public static func == (first: SharedList, second: SharedList) -> Bool {
    first.count == second.count && first.commonPrefix(with: second) == first.count
  }
}
