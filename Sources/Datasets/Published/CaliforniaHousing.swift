import Grammar

/// Prices of houses in California's districts in 1990 (Pace, Barry 1997), as Keras 3.15 has them: 20,640 rows of 8
/// numbers, the last fifth to test; the values are dollars.
public struct CaliforniaHousing: Source {
  /// Which part of it.
  enum Version: String, CaseIterable, Sendable {
    /// All rows, or the first 600, as the book's third edition takes them.
    case large, small
  }

  let version: Version

  public static let form = Form<CaliforniaHousing>(
    "california-housing",
    "Prices of houses in California's districts: 16,512 rows of 8 numbers to train and 4,128 to test.",
    .named("version", .choice("version"), default: .large, "small: the first 600 rows only"),
    examples: [], make: { CaliforniaHousing(version: $0) }, settings: { $0.version })

  private static let file = KerasFile(
    "california-housing", title: "California housing", "california_housing.npz", bytes: 743_530,
    digest: "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f")

  public func isFound(in environment: [String: String]) -> Bool { CaliforniaHousing.file.isFound(in: environment) }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    // Keras's documentation and the published table disagree on the order of the columns, so they have no names here.
    try HousingSet.load(
      CaliforniaHousing.file, maximum: version == .small ? 600 : nil, columns: [], target: "price", context)
  }
}
