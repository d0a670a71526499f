import Glibc
import Grammar

/// Two half circles, one reaching into the other, as scikit-learn's `make_moons`.
public struct Moons: Source {
  let noise: Double

  public static let form = Form<Moons>(
    "moons", "Two half moons of points in the plane, one reaching into the other: no file.", Points.noise(0.1),
    examples: ["load moons", "load moons noise=0.3 train=200"],
    make: { Moons(noise: $0) }, settings: { $0.noise })

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    try Points.dataset("moons", context) { label, along, random in
      let angle = .pi * along
      let (x, y) = label == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
      return (label, x + noise * random.normal(), y + noise * random.normal())
    }
  }
}
