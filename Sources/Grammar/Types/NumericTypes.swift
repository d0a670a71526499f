extension ArgumentType where Value == Int {
  /// A whole number from `range`.
  public static func integer(_ range: ClosedRange<Int>) -> ArgumentType {
    let expected =
      range.upperBound == .max
      ? "a whole number, \(range.lowerBound) or more"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return ArgumentType(
      expected: expected, sample: String(range.lowerBound),
      read: { (word) throws(Misread) -> Int in
        guard let value = Int(word.plain), range.contains(value) else {
          throw range.upperBound == .max ? .not(expected, word, atMost: Int.max) : .not(expected, word)
        }
        return value
      },
      write: { String($0) })
  }

  /// A whole number, `first` or more.
  public static func integer(_ first: PartialRangeFrom<Int>) -> ArgumentType { integer(first.lowerBound...Int.max) }
}

extension ArgumentType where Value == UInt64 {
  /// A whole number of 64 bits, 0 or more.
  public static let seed = ArgumentType(
    expected: "a whole number, 0 or more",
    read: { (word) throws(Misread) -> UInt64 in
      guard let value = UInt64(word.plain) else {
        throw .not("a whole number, 0 or more", word, atMost: UInt64.max)
      }
      return value
    },
    write: { String($0) })
}

extension ArgumentType where Value == Double {
  /// Any finite number.
  public static let number = ArgumentType.number("a number", 1) { _ in true }

  /// A number with both bounds allowed.
  public static func number(_ range: ClosedRange<Double>) -> ArgumentType {
    number("a number from \(brief(range.lowerBound)) to \(brief(range.upperBound))", range.lowerBound) {
      range.contains($0)
    }
  }

  /// A number with the lower bound allowed and the upper not.
  public static func number(_ range: Range<Double>) -> ArgumentType {
    number("a number from \(brief(range.lowerBound)) to below \(brief(range.upperBound))", range.lowerBound) {
      range.contains($0)
    }
  }

  /// A number, `first` or more.
  public static func number(_ first: PartialRangeFrom<Double>) -> ArgumentType {
    number("a number, \(brief(first.lowerBound)) or more", first.lowerBound) { $0 >= first.lowerBound }
  }

  /// A number above 0.
  public static let positive = number("a number above 0", 1) { $0 > 0 }

  private static func number(
    _ expected: String, _ sample: Double, where holds: @escaping @Sendable (Double) -> Bool
  ) -> ArgumentType {
    ArgumentType(
      expected: expected, sample: brief(sample),
      read: { (word) throws(Misread) -> Double in
        guard let value = word.plain.decimal, value.isFinite, holds(value) else { throw .not(expected, word) }
        guard value == 0 || Float(value).isFinite && Float(value) != 0 else { throw .notSingle(value, word) }
        // −0 is written as 0, so it has to be read as that.
        return value == 0 ? 0 : value
      },
      write: { brief($0) })
  }

  private static func brief(_ value: Double) -> String {
    abs(value) < 1e15 ? Int(exactly: value).map { String($0) } ?? "\(value)" : "\(value)"
  }
}

extension Misread {
  /// A word that is not what is expected, with the largest number that can be where it is one beyond that.
  public static func not(_ expected: String, _ word: Word, atMost largest: some FixedWidthInteger) -> Misread {
    let digits = word.plain.hasPrefix("+") ? word.plain.dropFirst() : word.plain[...]
    let isBeyond = !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) }
      && type(of: largest).init(digits) == nil
    return .not(isBeyond ? "\(expected), and at most \(largest)" : expected, word)
  }

  /// Numbers go into a network in single precision, where this one would be 0 or without end.
  fileprivate static func notSingle(_ value: Double, _ word: Word) -> Misread {
    let isSmall = abs(value) < 1
    return Misread(
      "\(word.text) is too \(isSmall ? "small" : "large") for single precision, where it would be "
        + "\(isSmall ? "0" : "infinite"); expected \(isSmall ? "1e-45 or more" : "3.4e38 or less") in size",
      at: word.span)
  }
}
