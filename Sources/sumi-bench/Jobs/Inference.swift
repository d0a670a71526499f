import Engine

extension Job {
  static let inference = Job(
    name: "inference", help: "test images a second through the example's network",
    cases: cases("evaluate 784-512-10") { try inference(threads: $0, keepsOutputs: false) }
      + cases("predict 784-512-10") { try inference(threads: $0, keepsOutputs: true) })

  private static func inference(threads: Int, keepsOutputs: Bool) throws -> Figures {
    var subject = try BenchmarkModel(example, try BenchmarkData.standard(threads).test, threads: threads)
    return try subject.evaluate(passes: 20, keepsOutputs: keepsOutputs)
  }
}
