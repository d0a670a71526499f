import Grammar

/// Articles of a clothing shop (Xiao, Rasul, Vollgraf 2017), of MNIST's form. The hashes are those of TensorFlow
/// Datasets (`url_checksums/fashion_mnist.txt`); of files that lie there, counts, extents and gzip's check sums are
/// verified.
public struct FashionMNIST: Source {
  public static let form = Form<FashionMNIST>(
    "fashion-mnist", "Pieces of clothing in ten classes: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { FashionMNIST() }, settings: { _ in () })

  static let set = ImageSet(
    name: "fashion-mnist", title: "Fashion-MNIST", files: ImageSet.files(),
    remote: ImageSet.remote(
      at: [
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
      ], bytes: [26_421_880, 29_515, 4_422_102, 5_148],
      digests: [
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      ]),
    classes: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ], torch: "FashionMNIST")

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset { try FashionMNIST.set.load(context) }

  public func isFound(in environment: [String: String]) -> Bool { FashionMNIST.set.isFound(in: environment) }
}
