import Engine
import Glibc
import Grammar

/// A sine with noise: one number to learn from, one value to be told.
public struct Sine: Source {
  let noise: Double

  public static let form = Form<Sine>(
    "sine", "Points along a sine, a value for each number from −π to π: no file.", Points.noise(0.1),
    examples: ["load sine", "load sine noise=0 train=200"], make: { Sine(noise: $0) }, settings: { $0.noise })

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let (train, test) = try Points.sizes("sine", context)
    var random = Random(seed: Points.seed("sine"))
    func examples(_ count: Int) -> Examples {
      var (numbers, values) = ([Float](), [Float]())
      for _ in 0..<count {
        let x: Double = (2 * random.uniform() - 1) * .pi
        numbers.append(Float(x))
        values.append(Float(sin(x) + noise * random.normal()))
      }
      return Examples(shape: [1], features: .floats(Floats(numbers)), targets: .values(values, width: 1))
    }
    var dataset = Dataset(
      name: "sine", train: examples(train), test: examples(test), classes: [], origin: "drawn by code")
    (dataset.columns, dataset.target) = (["x"], "sin x")
    return dataset
  }
}
