import Grammar

/// The digits of EMNIST (Cohen et al. 2017). Its images are published lying on their side, and are turned.
public struct EMNISTDigits: Source {
  public static let form = Form<EMNISTDigits>(
    "emnist-digits", "Handwritten digits of many hands: 240,000 images to train and 40,000 to test, 28×28.",
    examples: [], make: { EMNISTDigits() }, settings: { _ in () })

  static let set = {
    var set = EMNIST.set("digits", classes: (0...9).map(String.init), counts: [240_000, 40_000])
    return set
  }()

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset { try EMNISTDigits.set.load(context) }

  public func isFound(in environment: [String: String]) -> Bool { EMNISTDigits.set.isFound(in: environment) }
}
