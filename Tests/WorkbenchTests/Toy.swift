import Datasets
import Testing

@testable import Engine
@testable import Workbench

/// A network that says what it is told: pixel p of an example at 255 makes it predict class p.
enum Toy {
  static let classes = ["cat", "dog", "<owl>"]

  /// The true class of each test example, and the one that is predicted.
  ///
  /// 3 cats (one taken for a dog), 4 dogs (two taken for cats), no owl is there, and one dog is taken for an owl.
  static let test: [(true: Int, predicted: Int)] = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0), (1, 0), (1, 2)]

  /// The sum of weight and pixel for the predicted class; the others have 0.
  static let logit: Float = 2

  static var bench: Bench {
    var bench = Bench()
    var session = bench.session
    session.dataset = Dataset(
      name: "toy", train: examples(test), test: examples(test), classes: classes, origin: "made by hand")
    bench = Bench(session: session)
    bench.run("add dense 3 softmax")
    bench.run("compile sgd")
    session = bench.session
    session.network?.values.replaceSubrange(0..<9, with: (0..<9).map { $0 % 4 == 0 ? logit : 0 })
    bench = Bench(session: session)
    return bench
  }

  private static func examples(_ pairs: [(true: Int, predicted: Int)]) -> Examples {
    let pixels = pairs.flatMap { pair in (0..<3).map { $0 == pair.predicted ? UInt8(255) : 0 } }
    return Examples(shape: [3], pixels: Bytes(pixels), labels: pairs.map(\.true), classes: 3)
  }
}
