import TestSupport

extension Folder {
  /// The name of a table of flowers: two numbers and a kind.
  func flowers(_ count: Int = 20) throws -> String {
    try write(
      "length,width,kind\n" + (0..<count).map { "\($0),\($0 * 2),\($0 < count / 2 ? "rose" : "lily")\n" }.joined(),
      to: "f.csv")
  }
}
