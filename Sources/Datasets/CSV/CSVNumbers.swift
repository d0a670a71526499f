/// The numbers of a column: in single precision, as a network gets them, unless digits of theirs would be lost.
struct CSVNumbers {
  /// Those in double precision; none where single precision does.
  private(set) var exact: [Double]?
  private var floats: [Float] = []

  /// - Parameter isExact: whether double precision is wanted.
  init(isExact: Bool = false) { exact = isExact ? [] : nil }

  var count: Int { exact?.count ?? floats.count }

  subscript(row: Int) -> Double { exact?[row] ?? Double(floats[row]) }

  func float(_ row: Int) -> Float { exact.map { Float($0[row]) } ?? floats[row] }

  mutating func append(_ number: Double) {
    if exact == nil { floats.append(Float(number)) } else { exact?.append(number) }
  }

  mutating func reserveCapacity(_ count: Int) {
    if exact == nil { floats.reserveCapacity(count) } else { exact?.reserveCapacity(count) }
  }

  /// Whether single precision loses digits of a number that stand before its decimal point: 16777217, 1700000001.5.
  ///
  /// Larger numbers than 10¹⁹ are measured and not counted, so nobody misses their last digits.
  static func loses(_ number: Double) -> Bool {
    let size = number.magnitude
    return size > 16_777_216 && size < 1e19 && Double(Float(number)) != number
  }

  /// The first number that single precision moves, where that loses more than nobody misses.
  var firstLost: Double? { exact.flatMap(CSVNumbers.firstLost) }

  /// What is to be said of a column of which digits are lost.
  static func lossNote(_ name: String, _ lost: Double) -> String {
    "\(name) has more digits than a network computes with: \(CSVTable.text(lost)) becomes \(CSVTable.text(Float(lost)))"
  }

  static func firstLost(_ numbers: [Double]) -> Double? {
    let spread = CSVSpread(numbers)
    guard spread.isLost else { return nil }
    return numbers.first { spread.isCut ? loses($0) : !$0.isNaN && Double(Float($0)) != $0 }
  }
}

/// Columns of which single precision loses digits, in double precision until they are scaled: each by its place in an
/// example, a number a row.
typealias ExactColumns = [Int: [Double]]

extension ExactColumns {
  /// Those of some rows, in this order.
  func picked(_ rows: [Int]) -> ExactColumns { mapValues { numbers in rows.map { numbers[$0] } } }

  /// With the means in the place of what is missing.
  func filled(_ means: [Double]?) -> ExactColumns {
    guard let means else { return self }
    return reduce(into: [:]) { filled, column in
      filled[column.key] = column.value.map { $0.isNaN ? means[column.key] : $0 }
    }
  }
}
