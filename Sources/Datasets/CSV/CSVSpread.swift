/// How far the numbers of a column are apart, which says whether single precision still tells them from each other.
struct CSVSpread {
  private(set) var (least, most) = (Double.infinity, -Double.infinity)
  /// Whether single precision moves one of them.
  private(set) var isMoved = false
  /// Whether it loses digits before the point of one.
  private(set) var isCut = false

  init() {}

  init(_ numbers: some Sequence<Double>) { for number in numbers { add(number) } }

  mutating func add(_ number: Double) {
    if number < least { least = number }
    if number > most { most = number }
    // Nothing else is to be found out about most columns after their first numbers.
    if !isMoved { isMoved = Double(Float(number)) != number && !number.isNaN }
    if !isCut { isCut = CSVNumbers.loses(number) }
  }

  /// Whether a network would see less in single precision than the file says: digits before the point are lost, or
  /// neighbours in single precision are farther apart than a thousandth of what all numbers span. That is a quarter
  /// of the step of a scaled byte, and about as fine as anybody measures; beyond it, scaled numbers are as coarse.
  var isLost: Bool {
    guard isMoved, least < most else { return isCut }
    let step = Double(Float(max(least.magnitude, most.magnitude)).ulp)
    return isCut || step * 1000 > most - least
  }
}
