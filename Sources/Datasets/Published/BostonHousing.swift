import Grammar

/// Prices of houses in Boston's suburbs about 1970 (Harrison, Rubinfeld 1978), as Keras 3.15 has them: 404 rows of 13
/// numbers to train and 102 to test; the values are thousands of dollars.
public struct BostonHousing: Source {
  public static let form = Form<BostonHousing>(
    "boston-housing", "Prices of houses in Boston's suburbs: 404 rows of 13 numbers to train and 102 to test.",
    examples: [], make: { BostonHousing() }, settings: { _ in () })

  private static let file = KerasFile(
    "boston-housing", title: "Boston housing", "boston_housing.npz", bytes: 57_026,
    older: "https://s3.amazonaws.com/keras-datasets",
    digest: "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5")

  public func isFound(in environment: [String: String]) -> Bool { BostonHousing.file.isFound(in: environment) }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    // The names of the columns in StatLib's file, in its order.
    let columns = ["CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT"]
    return try HousingSet.load(BostonHousing.file, columns: columns, target: "MEDV", context)
  }
}
