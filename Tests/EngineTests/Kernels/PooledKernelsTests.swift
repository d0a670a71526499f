import CKernels
import Testing

@testable import Engine

/// The kernels of pooled convolutions and of Winograd's way, at every level that this machine has.
@Suite struct PooledKernelsTests {
  typealias Level = Kernels.Level

  /// An image with channels and filters that fill registers, and leave some behind them.
  static let sizes = [(channels: 1, filters: 5), (3, 8), (16, 16), (20, 33), (32, 24)]

  /// Places of 3×3 kernels on an image of 8×10 pixels, in double precision.
  struct Image {
    let channels: Int
    let filters: Int
    let x: [Double]
    let w: [Double]
    let bias: [Double]
    let line: Int
    /// Where the numbers that a kernel covers are, from its first.
    let elements: [Int32]
    var length: Int { 9 * channels }

    /// - Parameter ground: what all numbers are but some dots; nil where each is another.
    init(channels: Int, filters: Int, seed: UInt64, ground: Double? = nil, dots: [Int] = []) {
      var random = Random(seed: seed)
      (self.channels, self.filters) = (channels, filters)
      let line = 10 * channels
      self.line = line
      elements = (0..<9 * channels).map {
        Int32($0 / channels / 3 * line + $0 / channels % 3 * channels + $0 % channels)
      }
      x = random.numbers(80 * channels, in: -1...1).enumerated().map {
        dots.contains($0.offset) ? $0.element : ground.map { Double(Float($0)) } ?? $0.element
      }
      w = random.numbers(9 * channels * filters, in: -1...1)
      bias = random.numbers(filters, in: -1...1)
    }

    /// Where the windows of two by two places begin: 3 rows of 4.
    var windows: [Int32] { (0..<12).map { Int32($0 / 4 * 2 * line + $0 % 4 * 2 * channels) } }
    var sight: kernel_sight { kernel_sight(rows: 4, width: 4 * channels, line: line) }
    var corners: [Int32] { [0, Int32(channels), Int32(line), Int32(line + channels)] }

    func sum(_ patch: Int, _ filter: Int) -> Double {
      zip(elements, 0...).reduce(bias[filter]) { $0 + x[patch + Int($1.0)] * w[$1.1 * filters + filter] }
    }

    /// The largest of the four of every window, and its number.
    func pooled(_ window: Int, _ filter: Int) -> (value: Double, first: Int32) {
      let four = corners.map { sum(Int(windows[window] + $0), filter) }
      let largest = four.max() ?? .nan
      return (largest, Int32(four.firstIndex(of: largest) ?? -1))
    }

    /// The kernel of the panel that begins at a filter, `[length, panel]`.
    func packed(_ first: Int, _ panel: Int) -> Buffer {
      Buffer(
        (0..<length * panel).map { n in
          first + n % panel < filters ? w[n / panel * filters + first + n % panel] : 0
        })
    }

    func bias(_ first: Int, _ panel: Int) -> Buffer {
      Buffer((0..<panel).map { first + $0 < filters ? bias[first + $0] : 0 })
    }
  }

  private func expect(_ image: Image, _ y: [Float], _ first: [Int32], within share: Double = 1e-5) {
    for window in 0..<12 {
      for filter in 0..<image.filters {
        let expected = image.pooled(window, filter)
        #expect(isNear(y[window * image.filters + filter], expected.value, within: share))
        #expect(first[window * image.filters + filter] == expected.first)
      }
    }
  }

  @Test(arguments: Kernels.available)
  func `pooled convolutions are the largest of four naive sums`(level: Level) throws {
    let table = try #require(level.table)
    for (channels, filters) in Self.sizes {
      let image = Image(channels: channels, filters: filters, seed: 3)
      let y = Buffer([Float](repeating: -7, count: 12 * filters + 16))
      var first = [Int32](repeating: -7, count: 12 * filters + 16)
      for panel in stride(from: 0, to: filters, by: table.filters) {
        first.withUnsafeMutableBufferPointer { first in
          table.convolve_pooled(
            Buffer(image.x).floats.base, image.windows, 12, image.sight, image.corners, image.elements, image.length,
            image.packed(panel, table.filters).floats.base, image.bias(panel, table.filters).floats.base,
            y.floats.base + panel, first.baseAddress.map { $0 + panel }, filters, min(table.filters, filters - panel))
        }
      }
      expect(image, y.values, first)
      #expect(y.values.suffix(16).allSatisfy { $0 == -7 } && first.suffix(16).allSatisfy { $0 == -7 })
    }
  }

  @Test(arguments: Kernels.available)
  func `Winograd's way gives the same, pooled and not`(level: Level) throws {
    let table = try #require(level.table)
    for (channels, filters) in Self.sizes {
      let image = Image(channels: channels, filters: filters, seed: 4)
      let (x, v) = (Buffer(image.x), Buffer(count: 16 * 12 * channels))
      for row in 0..<3 {
        table.winograd_patches(
          x.floats.base + row * 2 * image.line, 4, image.line, channels, v.floats.base + row * 4 * channels,
          12 * channels)
      }
      let (y, places) = (Buffer(count: 12 * filters), Buffer([Float](repeating: -7, count: 48 * filters + 16)))
      var first = [Int32](repeating: -7, count: 12 * filters)
      for panel in stride(from: 0, to: filters, by: table.filters) {
        let (u, m) = (Buffer(count: 16 * channels * table.filters), Buffer(count: 16 * 12 * table.filters))
        let (count, bias) = (min(table.filters, filters - panel), image.bias(panel, table.filters))
        table.winograd_kernel(
          image.packed(panel, table.filters).floats.base, channels, table.filters, table.filters, u.floats.base)
        table.winograd_products(v.floats.base, 12, 12 * channels, channels, u.floats.base, count, m.floats.base)
        first.withUnsafeMutableBufferPointer { first in
          table.winograd_pooled(
            m.floats.base, 12, 12 * table.filters, bias.floats.base, y.floats.base + panel,
            first.baseAddress.map { $0 + panel }, filters, count)
        }
        for row in 0..<3 {
          // Of the last row only one line of seven places is wanted.
          table.winograd_sums(
            m.floats.base + row * 4 * table.filters, 4, 12 * table.filters, bias.floats.base, row == 2 ? 1 : 2, 7,
            places.floats.base + row * 14 * filters + panel, 7 * filters, filters, count)
        }
      }
      expect(image, y.values, first)
      for place in 0..<35 {
        for filter in 0..<filters {
          let expected = image.sum(place / 7 * image.line + place % 7 * channels, filter)
          #expect(isNear(places.floats[place * filters + filter], expected, within: 1e-5))
        }
      }
      #expect(places.values.suffix(13 * filters).allSatisfy { $0 == -7 })
    }
  }

  @Test(arguments: Kernels.available)
  func `the gradient of a kernel by Winograd's way is that of naive sums`(level: Level) throws {
    let table = try #require(level.table)
    for (channels, filters) in Self.sizes {
      let image = Image(channels: channels, filters: filters, seed: 6)
      var random = Random(seed: 7)
      // Of 6 rows of 8 places the last of each is missing.
      let dy = random.numbers(35 * filters, in: -1...1)
      let (x, v) = (Buffer(image.x), Buffer(count: 16 * 12 * channels))
      for row in 0..<3 {
        table.winograd_patches(
          x.floats.base + row * 2 * image.line, 4, image.line, channels, v.floats.base + row * 4 * channels,
          12 * channels)
      }
      let (tiles, numbers) = ((0..<12).map { Int32($0 * channels) }, (0..<channels).map { Int32($0) })
      for panel in stride(from: 0, to: filters, by: table.filters) {
        let count = min(table.filters, filters - panel)
        let (d, sums) = (Buffer(count: 16 * 12 * table.filters), Buffer(count: 16 * channels * table.filters))
        for row in 0..<3 {
          table.winograd_gradients(
            Buffer(dy).floats.base + row * 14 * filters + panel, 4, row == 2 ? 1 : 2, 7, 7 * filters, filters, count,
            d.floats.base + row * 4 * table.filters, 12 * table.filters)
        }
        for position in 0..<16 {
          table.sum_convolved(
            v.floats.base + position * 12 * channels, tiles, 12, numbers, channels,
            d.floats.base + position * 12 * table.filters, table.filters, count,
            sums.floats.base + position * channels * table.filters)
        }
        table.winograd_kernel_backward(sums.floats.base, channels)
        for n in 0..<image.length {
          for filter in 0..<count {
            let expected = (0..<35).reduce(0.0) {
              $0 + dy[$1 * filters + panel + filter]
                * image.x[$1 / 7 * image.line + $1 % 7 * channels + Int(image.elements[n])]
            }
            #expect(isNear(sums.floats[n * table.filters + filter], expected, within: 1e-5))
          }
        }
      }
    }
  }

  @Test(arguments: Kernels.available)
  func `NaN is the largest of four, and the first of equal ones is taken`(level: Level) throws {
    let table = try #require(level.table)
    let (x, w, bias) = (
      Buffer([Float]([2, 2, 1, 2, 0, .nan, 9, .nan])), Buffer(count: table.filters), Buffer(count: table.filters)
    )
    w.floats.fill(1)
    var (y, first) = ([Float](repeating: 0, count: 2 * table.lanes), [Int32](repeating: -1, count: 2 * table.lanes))
    table.convolve_pooled(
      x.floats.base, [0, 4], 2, kernel_sight(rows: 1, width: 4, line: 4), [0, 1, 2, 3], [0], 1, w.floats.base, bias.floats.base, &y, &first, table.lanes,
      table.lanes)
    #expect(y.prefix(table.lanes).allSatisfy { $0 == 2 } && y.suffix(table.lanes).allSatisfy { $0.isNaN })
    #expect(first == [Int32](repeating: 0, count: table.lanes) + [Int32](repeating: 1, count: table.lanes))
  }

  @Test(arguments: Kernels.available)
  func `lists of pooled gradients have what is not 0, at its place and in order`(level: Level) throws {
    let table = try #require(level.table)
    var random = Random(seed: 5)
    for channels in [1, 7, 16, 35] {
      let windows = 6
      let dy = random.numbers(windows * channels, in: -2...1).map { Float(max($0, 0)) }
      let first = (0..<windows * channels).map { _ in Int32(random.next() % 4) }
      let offsets = (0..<windows).map { Int32($0 * 100) }, corners: [Int32] = [0, 3, 40, 43]
      let room = windows * channels + 16
      var (values, places) = ([Float](repeating: .nan, count: room), [Int32](repeating: -1, count: room))
      var starts = [Int32](repeating: -1, count: max(4 * windows, channels) + 1)
      table.csr_from_pooled(dy, first, windows, channels, &values, &places, &starts)
      let dense = Buffer(count: 4 * windows * channels)
      table.spread_pooled(dy, first, windows, channels, dense.floats.base, channels, 2 * windows * channels)
      for window in 0..<windows {
        for t in 0..<4 {
          let expected = (0..<channels).filter { dy[window * channels + $0] != 0 && first[window * channels + $0] == t }
          let range = Int(starts[4 * window + t])..<Int(starts[4 * window + t + 1])
          #expect(places[range].elementsEqual(expected.map { Int32($0) }))
          #expect(values[range].elementsEqual(expected.map { dy[window * channels + $0] }))
          let line = (t / 2 * 2 * windows + 2 * window + t % 2) * channels
          #expect(
            (0..<channels).allSatisfy {
              dense.floats[line + $0] == (first[window * channels + $0] == t ? dy[window * channels + $0] : 0)
            })
        }
      }
      let turned = (0..<windows * channels).map { $0 % windows * channels + $0 / windows }
      table.csr_from_columns(
        turned.map { dy[$0] }, turned.map { first[$0] }, corners, offsets, windows, channels, &values, &places, &starts)
      for c in 0..<channels {
        let expected = (0..<windows).filter { dy[$0 * channels + c] != 0 }
        let range = Int(starts[c])..<Int(starts[c + 1])
        #expect(values[range].elementsEqual(expected.map { dy[$0 * channels + c] }))
        #expect(places[range].elementsEqual(expected.map { offsets[$0] + corners[Int(first[$0 * channels + c])] }))
      }
    }
  }
}
