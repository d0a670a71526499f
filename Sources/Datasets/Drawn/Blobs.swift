import Glibc
import Grammar

/// Three heaps around the corners of a triangle, as scikit-learn's `make_blobs`.
public struct Blobs: Source {
  let noise: Double

  public static let form = Form<Blobs>(
    "blobs", "Three heaps of points in the plane: no file.", Points.noise(0.25),
    examples: ["load blobs", "load blobs noise=0.5"],
    make: { Blobs(noise: $0) }, settings: { $0.noise })

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    try Points.dataset("blobs", classes: 3, context) { label, along, random in
      let angle = 2 * .pi * (Double(label) / 3 + 0.25)
      return (label, cos(angle) + noise * random.normal(), sin(angle) + noise * random.normal())
    }
  }
}
