import Grammar

/// The letters of EMNIST (Cohen et al. 2017). Its images are published lying on their side, and are turned;
/// its labels count from 1, and large and small letters share a class.
public struct EMNISTLetters: Source {
  public static let form = Form<EMNISTLetters>(
    "emnist-letters", "Handwritten letters in 26 classes: 124,800 images to train and 20,800 to test, 28×28.",
    examples: [], make: { EMNISTLetters() }, settings: { _ in () })

  static let set = {
    var set = EMNIST.set(
      "letters", classes: (0..<26).map { String(UnicodeScalar(UInt8(ascii: "a") + $0)) }, counts: [124_800, 20_800])
    set.firstLabel = 1
    return set
  }()

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset { try EMNISTLetters.set.load(context) }

  public func isFound(in environment: [String: String]) -> Bool { EMNISTLetters.set.isFound(in: environment) }
}
