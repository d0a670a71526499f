/// The numbers of a network that forward passes change while it trains, moving averages, and what they were before one.
struct Statistics {
  private let ranges: [Range<Int>]
  private var saved: [Float]

  init(of network: Network) {
    ranges = network.tensors.filter { !$0.weight.isTrainable }.map(\.range)
    saved = [Float](repeating: 0, count: ranges.reduce(0) { $0 + $1.count })
  }

  /// Whether there are any.
  var isEmpty: Bool { saved.isEmpty }

  mutating func save(_ network: Network) {
    var place = 0
    for range in ranges {
      for index in range {
        saved[place] = network.values[index]
        place += 1
      }
    }
  }

  /// Makes what was saved its own, while another holds it too, so that the next `save` copies nothing.
  mutating func detach() { saved = saved.map { $0 } }

  /// Writes back what was saved.
  func restore(_ network: inout Network) {
    var place = 0
    for range in ranges {
      for index in range {
        network.values[index] = saved[place]
        place += 1
      }
    }
  }
}
