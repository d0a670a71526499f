extension StringProtocol {
  /// The number that it says as people write numbers, `-1.5e3`; Swift's own `0x10`, `nan` and `infinity` are none.
  public var decimal: Double? {
    let isPlain = utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.eE".utf8.contains($0) }
    return isPlain ? Double(self) : nil
  }
}
