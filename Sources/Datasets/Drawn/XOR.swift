import Glibc
import Grammar

/// The exclusive or (Minsky, Papert 1969): what no single line can part.
public struct XOR: Source {
  let noise: Double

  public static let form = Form<XOR>(
    "xor", "Points in four quarters of the plane, of one class where the signs are the same: no file.",
    Points.noise(0.05), examples: ["load xor", "load xor noise=0"],
    make: { XOR(noise: $0) }, settings: { $0.noise })

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    try Points.dataset("xor", context) { label, along, random in
      let across: Double = random.uniform()
      let (x, y) = (2 * along - 1, 2 * across - 1)
      // The class is that of the place before the noise, so that noise makes some of them wrong.
      return ((x > 0) == (y > 0) ? 0 : 1, x + noise * random.normal(), y + noise * random.normal())
    }
  }
}
