import Datasets
import Engine
import FoundationEssentials
import Grammar

/// What the jobs train on.
enum BenchmarkData {
  /// MNIST, or where it is not on this machine the drawn digits, which are as many, as large and as dark.
  static func standard(_ threads: Int) throws -> Dataset {
    do { return try load("mnist", threads) } catch is Refusal { return try load("digits", threads) }
  }

  private static func load(_ name: String, _ threads: Int) throws -> Dataset {
    try DataSources.catalogue.value(name).load(
      LoadContext(environment: ProcessInfo.processInfo.environment, threads: Threads(count: threads)))
  }

  /// Whether MNIST is on this machine.
  static func hasMNIST() throws -> Bool { try standard(allThreads).name == "mnist" }

  private static let allThreads = Job.allThreads

  /// Images of MNIST's size without a zero, drawn from a seed.
  static func full(_ count: Int) -> Examples {
    var random = Random(seed: 1)
    let pixels = Bytes(count: count * 784) { bytes in
      for i in bytes.indices { bytes.initializeElement(at: i, to: UInt8(random.next() % 255) + 1) }
    }
    return Examples(
      shape: [28, 28], pixels: pixels, labels: (0..<count).map { _ in Int(random.next() % 10) }, classes: 10)
  }

  /// As many examples as wanted, by repeating those there are.
  static func repeated(_ examples: Examples, count: Int) -> Examples {
    let size = examples.shape.count
    let pixels = Bytes(count: count * size) { bytes in
      for row in 0..<count {
        let source = examples.bytes(of: row % examples.count)
        for i in 0..<size { bytes.initializeElement(at: row * size + i, to: source[i]) }
      }
    }
    return Examples(
      shape: examples.shape, pixels: pixels, labels: (0..<count).map { examples.labels[$0 % examples.count] },
      classes: examples.classes)
  }
}

extension Catalogue {
  /// The value that a line makes, as a person types it behind a command.
  func value(_ line: String) throws -> Value {
    let words = try Words(line)
    guard let head = words.all.first else { throw Failure(message: "nothing is typed") }
    return try form(head).read(Arguments(head: head, words: words.all.dropFirst(), end: words.end))
  }
}
