import Files
import Grammar

/// Handwritten digits (LeCun, Cortes, Burges 1998): 60,000 images to train and 10,000 to test, 28×28, 0 … 255.
public struct MNIST: Source {
  public static let form = Form<MNIST>(
    "mnist", "Handwritten digits: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { MNIST() }, settings: { _ in () })

  private static let digests = [
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  ]

  static let set = ImageSet(
    name: "mnist", title: "MNIST", files: ImageSet.files(digests: digests),
    remote: ImageSet.remote(
      at: ["https://storage.googleapis.com/cvdf-datasets/mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"],
      bytes: [9_912_422, 28_881, 1_648_877, 4_542], contents: digests),
    classes: (0...9).map(String.init), torch: "MNIST")

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let isThere = MNIST.set.isThere(in: context.environment)
    if !isThere, let path = LoadContext.keras(context.environment).map({ "\($0)/mnist.npz" }), FileStamp(path) != nil {
      return try NPZExamples.load(path, name: "mnist", classes: MNIST.set.classes)
    }
    return try MNIST.set.load(context)
  }

  public func isFound(in environment: [String: String]) -> Bool { MNIST.set.isFound(in: environment) }
}
