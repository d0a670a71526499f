/// A piece of one tensor's numbers, which one thread updates.
struct Part: Sendable {
  /// The tensor's place in the network.
  let tensor: Int
  let range: Range<Int>

  func of(_ values: Floats) -> Floats { values.part(range.lowerBound, count: range.count) }
}

extension Network {
  /// Numbers that one piece of an update has at most: three arrays of them stay in the processor's second cache.
  private static let partLength = 32_768

  /// The trainable numbers, cut into parts.
  var parts: [Part] {
    tensors.indices.filter { tensors[$0].weight.isTrainable }.flatMap { index in
      let range = tensors[index].range
      return stride(from: range.lowerBound, to: range.upperBound, by: Network.partLength).map {
        Part(tensor: index, range: $0..<min($0 + Network.partLength, range.upperBound))
      }
    }
  }

  /// The sum of the squares of each tensor's gradient, 0 where it is not trained; parts are added in their order.
  func squares(of gradients: Floats, _ parts: [Part], threads: Threads) -> [Double] {
    var sums = [Double](repeating: 0, count: parts.count)
    sums.withUnsafeMutableBufferPointer { sums in
      // Every piece of work writes its own sum only.
      nonisolated(unsafe) let sums = sums
      threads.run(parts.count) { index in
        let gradient = parts[index].of(gradients)
        var sum = 0.0
        for i in 0..<gradient.count { sum += Double(gradient[i]) * Double(gradient[i]) }
        sums[index] = sum
      }
    }
    var squares = [Double](repeating: 0, count: tensors.count)
    for (part, sum) in zip(parts, sums) { squares[part.tensor] += sum }
    return squares
  }
}
