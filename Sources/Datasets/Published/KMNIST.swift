import Grammar

/// Kuzushiji-MNIST (Clanuwat et al. 2018), cursive Japanese of MNIST's form, a character for each row of the hiragana
/// table. Nobody publishes hashes, and there is one address; counts, extents and gzip's check sums are verified.
public struct KMNIST: Source {
  public static let form = Form<KMNIST>(
    "kmnist", "Ten characters of old Japanese handwriting: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { KMNIST() }, settings: { _ in () })

  static let set = ImageSet(
    name: "kmnist", title: "KMNIST", files: ImageSet.files(),
    remote: ImageSet.remote(
      at: ["http://codh.rois.ac.jp/kmnist/dataset/kmnist"], bytes: [18_165_135, 29_497, 3_041_136, 5_120]),
    classes: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"], torch: "KMNIST")

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset { try KMNIST.set.load(context) }

  public func isFound(in environment: [String: String]) -> Bool { KMNIST.set.isFound(in: environment) }
}
