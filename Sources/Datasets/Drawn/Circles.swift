import Glibc
import Grammar

/// Two circles of radius 1 and 0.5, as scikit-learn's `make_circles`.
public struct Circles: Source {
  let noise: Double

  public static let form = Form<Circles>(
    "circles", "Two circles of points in the plane, one inside the other: no file.", Points.noise(0.08),
    examples: ["load circles", "load circles noise=0.2"],
    make: { Circles(noise: $0) }, settings: { $0.noise })

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    try Points.dataset("circles", context) { label, along, random in
      let (angle, radius) = (2 * .pi * along, label == 0 ? 1.0 : 0.5)
      return (label, radius * cos(angle) + noise * random.normal(), radius * sin(angle) + noise * random.normal())
    }
  }
}
