/// How far numbers of a recording may be from those of a replay.
public struct Tolerance: Equatable, Sendable {
  /// What two numbers may differ by at least.
  let absolute: Double
  /// The share of the recorded number that they may differ by besides.
  let relative: Double
  /// Whether pictures may differ, since a shade of a cell turns on the last bit of a number.
  let sparesPictures: Bool

  /// The printed digits: the same machine gives the same bits.
  static let printed = Tolerance(absolute: 0, relative: 0, sparesPictures: false)
  /// Other processors add in another order, and training makes small differences larger.
  static let acrossMachines = Tolerance(absolute: 0.02, relative: 0.1, sparesPictures: true)
  /// Whole numbers across machines may differ by so many: one more mistake, one epoch later.
  private static let wholeNumbers = 3.0

  private static let mark = "# tolerance:"

  /// Whether a comment says the tolerance, and is for nobody to read.
  static func isStated(in line: String) -> Bool { line.hasPrefix(mark) }

  /// Reads `# tolerance: across machines`, `# tolerance: 0.01` or `# tolerance: 2 %` among the comments at a file's
  /// head; the printed digits when there is none.
  /// - Returns: nil when it is stated and cannot be read.
  init?(head: some Sequence<String>) {
    guard let line = head.first(where: Tolerance.isStated) else {
      self = .printed
      return
    }
    let text = line.dropFirst(Tolerance.mark.count).filter { !$0.isWhitespace }.lowercased()
    if ["acrossmachines", "printed", "printeddigits"].contains(text) {
      self = text == "acrossmachines" ? .acrossMachines : .printed
      return
    }
    let isShare = text.hasSuffix("%")
    guard let number = Double(isShare ? String(text.dropLast()) : text), number.isFinite, number >= 0 else {
      return nil
    }
    self.init(absolute: isShare ? 0 : number, relative: isShare ? number / 100 : 0, sparesPictures: false)
  }

  private init(absolute: Double, relative: Double, sparesPictures: Bool) {
    (self.absolute, self.relative, self.sparesPictures) = (absolute, relative, sparesPictures)
  }

  /// Whether two printed numbers count as the same.
  func allows(_ recorded: Substring, _ received: Substring) -> Bool {
    if recorded == received { return true }
    guard self != .printed, let first = Tolerance.value(recorded), let second = Tolerance.value(received) else {
      return false
    }
    let isWhole = ![recorded, received].contains { $0.contains(".") }
    let least = isWhole && sparesPictures ? Tolerance.wholeNumbers : absolute
    // Printed digits are rounded, so that a difference of just the tolerance may look larger.
    return abs(first - second) <= max(least, relative * abs(first)) * (1 + 1e-9) + 1e-12
  }

  /// `60,000` is 60000.
  private static func value(_ text: Substring) -> Double? { Double(text.filter { $0 != "," }) }
}
