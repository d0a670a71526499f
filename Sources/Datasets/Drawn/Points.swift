import Engine
import Glibc
import Grammar

/// Points in the plane whose classes a network learns to tell apart, drawn by code: no file, no network.
enum Points {
  /// Points to learn from and to be tested with, unless fewer or more are asked for.
  private static let counts = (train: 1000, test: 500)
  private static let most = 10_000_000

  /// - Parameter point: a point of a class; `along` goes from 0 to 1 over the points of the class.
  static func dataset(
    _ name: String, classes: Int = 2, _ context: LoadContext,
    point: (_ label: Int, _ along: Double, _ random: inout Random) -> (label: Int, x: Double, y: Double)
  ) throws(Refusal) -> Dataset {
    let (train, test) = try sizes(name, context)
    var random = Random(seed: seed(name))
    func examples(_ count: Int) -> Examples {
      var (numbers, labels) = ([Float](), [Int]())
      for index in 0..<count {
        let (along, label): (Double, Int) = (random.uniform(), index % classes)
        let drawn = point(label, along, &random)
        numbers += [Float(drawn.x), Float(drawn.y)]
        labels.append(drawn.label)
      }
      return Examples(shape: [2], features: .floats(Floats(numbers)), targets: .classes(labels, count: classes))
    }
    var dataset = Dataset(
      name: name, train: examples(train), test: examples(test), classes: (0..<classes).map(String.init),
      origin: "drawn by code")
    dataset.columns = ["x", "y"]
    return dataset
  }

  static func sizes(_ name: String, _ context: LoadContext) throws(Refusal) -> (train: Int, test: Int) {
    let (train, test) = (context.train ?? counts.train, context.test ?? counts.test)
    guard train <= most, test <= most else {
      throw Refusal("\(name) can be drawn with at most 10,000,000 points", hint: "load \(name) train=100000")
    }
    try Machine.require((train + test) * 32, for: name, hint: "load \(name)")
    return (train, test)
  }

  /// A seed of its own for each set, so that it is the same points every time.
  static func seed(_ name: String) -> UInt64 { name.utf8.reduce(0x53_554D_49) { $0 &* 31 &+ UInt64($1) } }

  /// The parameter of all of them.
  static func noise(_ value: Double) -> Parameter<Double> {
    .named("noise", .number(0...10), default: value, "how far points lie beside their place, a standard deviation")
  }
}

extension Random {
  /// A number of the standard normal distribution (Box, Muller 1958).
  mutating func normal() -> Double {
    let (one, two): (Double, Double) = (1 - uniform(), uniform())
    return (-2 * log(one)).squareRoot() * cos(2 * .pi * two)
  }
}
