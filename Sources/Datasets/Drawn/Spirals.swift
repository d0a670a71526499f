import Glibc
import Grammar

/// Two spirals wound into each other, within −1 … 1 (Lang and Witbrock 1988).
public struct Spirals: Source {
  let noise: Double

  public static let form = Form<Spirals>(
    "spirals", "Two spirals of points in the plane, wound into each other: no file.", Points.noise(0.03),
    examples: ["load spirals", "load spirals noise=0.1"],
    make: { Spirals(noise: $0) }, settings: { $0.noise })

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    try Points.dataset("spirals", context) { label, along, random in
      // One turn, the second spiral half a turn behind the first; even in length, not in angle.
      let length = along.squareRoot()
      let angle = 2 * .pi * length + .pi * Double(label)
      return (
        label, length * cos(angle) + noise * random.normal(), length * sin(angle) + noise * random.normal()
      )
    }
  }
}
