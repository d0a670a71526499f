import Engine
import Pictures

extension Job {
  /// The book's first network, on which Sumi is measured first.
  static let example = ["dense 512 relu", "dense 10 softmax"]

  static let dense = Job(
    name: "dense", help: "the example's network: seconds an epoch",
    cases: cases("784-512-10, batch 128") { threads in
      var subject = try BenchmarkModel(example, try BenchmarkData.standard(threads).train, threads: threads)
      return try subject.train(epochs: 5, batch: 128)
    }, summary: { [ratio($0)].compactMap { $0 } })

  static let convnet = Job(
    name: "convnet", help: "the network of sessions/convnet.sumi: seconds an epoch",
    cases: cases("convnet, batch 64") { threads in
      var subject = try BenchmarkModel(
        [
          "conv2d 32 3 relu", "maxpool2d 2", "conv2d 64 3 relu", "maxpool2d 2", "conv2d 64 3 relu", "flatten",
          "dense 64 relu", "dense 10 softmax",
        ], try BenchmarkData.standard(threads).train, threads: threads)
      return try subject.train(epochs: 1, batch: 64)
    }, summary: { [ratio($0)].compactMap { $0 } })

  static let deep = Job(
    name: "deep", help: "dense layers without a zero: bright pixels, leaky_relu",
    cases: cases("784-1024-1024-10, no zeros, batch 128") { threads in
      var subject = try BenchmarkModel(
        ["dense 1024 leaky_relu", "dense 1024 leaky_relu", "dense 10 softmax"], BenchmarkData.full(25_600),
        threads: threads)
      return try subject.train(epochs: 3, batch: 128)
    }, summary: { [ratio($0)].compactMap { $0 } })

  static let wide = Job(
    name: "wide", help: "the same 4096 wide, where updating the weights is bound by memory",
    cases: cases("784-4096-4096-10, no zeros, batch 128") { try wide(batch: 128, threads: $0) }
      + [
        Case(title: "784-4096-4096-10, no zeros, batch 1,024", threads: allThreads) {
          try wide(batch: 1024, threads: allThreads)
        }
      ],
    summary: { figures in
      [ratio(Array(figures.dropLast())), updates(figures.first ?? nil, figures.last ?? nil)].compactMap { $0 }
    })

  private static func wide(batch: Int, threads: Int) throws -> Figures {
    var subject = try BenchmarkModel(
      ["dense 4096 leaky_relu", "dense 4096 leaky_relu", "dense 10 softmax"], BenchmarkData.full(6144), threads: threads
    )
    return try subject.train(epochs: 1, batch: batch)
  }

  /// The share of the updates: seconds = products + updates / batch, so two batches tell both.
  private static func updates(_ small: Figures?, _ large: Figures?) -> String? {
    guard let small, let large else { return nil }
    let updates = (small.seconds - large.seconds) / (1 - 128.0 / 1024)
    return
      "at batch 128 what each update costs takes \((0...Int.max).clamping(updates / small.seconds * 100)) % of the time"
  }
}
