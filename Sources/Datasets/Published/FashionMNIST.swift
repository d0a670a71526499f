import Grammar

/// Articles of a clothing shop (Xiao, Rasul, Vollgraf 2017), of MNIST's form. Nobody publishes hashes of the
/// uncompressed files, so counts, extents and gzip's check sums are verified.
public struct FashionMNIST: Source {
  public static let form = Form<FashionMNIST>(
    "fashion-mnist", "Pieces of clothing in ten classes: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { FashionMNIST() }, settings: { _ in () })

  static let set = ImageSet(
    name: "fashion-mnist", title: "Fashion-MNIST", files: ImageSet.files(),
    remote: ImageSet.remote(
      at: [
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
      ], bytes: [26_421_880, 29_515, 4_422_102, 5_148]),
    classes: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ], torch: "FashionMNIST")

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset { try FashionMNIST.set.load(context) }

  public func isFound(in environment: [String: String]) -> Bool { FashionMNIST.set.isFound(in: environment) }
}
