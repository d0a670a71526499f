/// The lines of a session in order, in pieces that copies share: every state that `undo` can go back to holds them all,
/// and a session of a hundred thousand lines would otherwise copy as many with each new one.
public struct CellList: RandomAccessCollection, MutableCollection, ExpressibleByArrayLiteral, Sendable {
  /// Cells of a piece.
  private static let length = 128

  /// Pieces of this length each.
  private var full: [[Cell]] = []
  /// The last cells, fewer than a piece has.
  private var tail: [Cell] = []

  public init() {}

  public init(arrayLiteral cells: Cell...) { for cell in cells { append(cell) } }

  public var startIndex: Int { 0 }
  public var endIndex: Int { full.count * CellList.length + tail.count }

  public subscript(index: Int) -> Cell {
    get {
      let (piece, place) = index.quotientAndRemainder(dividingBy: CellList.length)
      return piece < full.count ? full[piece][place] : tail[place]
    }
    set {
      let (piece, place) = index.quotientAndRemainder(dividingBy: CellList.length)
      if piece < full.count { full[piece][place] = newValue } else { tail[place] = newValue }
    }
  }

  /// Adds a cell at the end.
  mutating func append(_ cell: Cell) {
    tail.append(cell)
    guard tail.count == CellList.length else { return }
    full.append(tail)
    tail = []
  }
}

extension CellList {
  /// How many cells at the beginning are the same in both; pieces that both share are not looked into.
  func commonPrefix(with other: CellList) -> Int {
    let shared = zip(full, other.full).prefix { CellList.isShared($0, $1) }.count
    var index = shared * CellList.length
    while index < Swift.min(count, other.count), self[index] == other[index] { index += 1 }
    return index
  }

  private static func isShared(_ first: [Cell], _ second: [Cell]) -> Bool {
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { first.baseAddress == $0.baseAddress && first.count == $0.count }
    }
  }
}

extension CellList: Equatable {
  public static func == (first: CellList, second: CellList) -> Bool {
    first.count == second.count && first.commonPrefix(with: second) == first.count
  }
}
