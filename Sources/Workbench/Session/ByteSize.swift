/// A number of bytes as it is typed: `512MB`, `4GB`, `0`; powers of 1000.
struct ByteSize: Equatable {
  let bytes: Int

  private static let units = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)]

  init(bytes: Int) { self.bytes = bytes }

  /// Reads a whole number with a unit, in any case; nil when it is none, or too large.
  init?(_ text: String) {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let suffix = text.dropFirst(digits.count).uppercased()
    guard let number = Int(digits) else { return nil }
    let factor = ByteSize.units.first { $0.0.uppercased() == suffix }?.1
    guard let factor = factor ?? (suffix.isEmpty || suffix == "B" ? 1 : nil) else { return nil }
    let (product, hasOverflown) = number.multipliedReportingOverflow(by: factor)
    if hasOverflown { return nil }
    bytes = product
  }

  /// In the largest unit of which it is a whole number.
  var text: String {
    for (name, factor) in ByteSize.units where bytes > 0 && bytes % factor == 0 { return "\(bytes / factor)\(name)" }
    return "\(bytes)"
  }
}
