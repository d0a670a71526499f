import Grammar

/// Kuzushiji-MNIST (Clanuwat et al. 2018), cursive Japanese of MNIST's form, a character for each row of the hiragana
/// table. There is one address; the hashes are those of TensorFlow Datasets (`url_checksums/kmnist.txt`), and of files
/// that lie there, counts, extents and gzip's check sums are verified.
public struct KMNIST: Source {
  public static let form = Form<KMNIST>(
    "kmnist", "Ten characters of old Japanese handwriting: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { KMNIST() }, settings: { _ in () })

  static let set = ImageSet(
    name: "kmnist", title: "KMNIST", files: ImageSet.files(),
    remote: ImageSet.remote(
      at: ["http://codh.rois.ac.jp/kmnist/dataset/kmnist"], bytes: [18_165_135, 29_497, 3_041_136, 5_120],
      digests: [
        "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
        "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
        "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
        "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
      ]),
    classes: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"], torch: "KMNIST")

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset { try KMNIST.set.load(context) }

  public func isFound(in environment: [String: String]) -> Bool { KMNIST.set.isFound(in: environment) }
}
