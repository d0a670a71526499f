import Engine
import Pictures

/// A layer's weights as small pictures: what each unit of the first layer looks for, each kernel of a convolution, or
/// the whole matrix.
struct WeightTiles {
  /// Pictures at most.
  static let maximum = 50

  let tiles: [TileGrid.Tile]
  /// What they are, and how many of how many.
  let caption: String

  /// nil for a layer without weights.
  init?(_ network: Network, layer: Int) {
    guard let tensor = network.tensors.first(where: { $0.layer == layer }) else { return nil }
    let (shape, values) = (tensor.weight.shape, network[tensor])
    let images = network.data.rank == 2 && network.shapes[layer] == [network.data.count] ? network.data : nil
    if shape.rank == 4 {
      (tiles, caption) = WeightTiles.kernels(values, shape)
    } else if let images, layer == 0, shape.rank == 2 {
      (tiles, caption) = WeightTiles.units(values, shape, images)
    } else {
      (tiles, caption) = WeightTiles.matrix(values, shape)
    }
  }

  /// `[h·w, units]` as a picture of h×w for each unit.
  private static func units(_ values: [Float], _ shape: Shape, _ images: Shape) -> ([TileGrid.Tile], String) {
    let units = shape[1]
    let tiles = (0..<min(maximum, units)).map { unit in
      let column = (0..<shape[0]).map { values[$0 * units + unit] }
      return TileGrid.Tile(
        [Line("\(unit + 1)", .dim)], pixels: Signed.bytes(column)[...], width: images[1], height: images[0])
    }
    return (tiles, "what \(tiles.count) of \(counted(units, "unit")) look for, each on a scale of its own")
  }

  /// `[kh, kw, channels, filters]` as a picture for each filter and channel.
  private static func kernels(_ values: [Float], _ shape: Shape) -> ([TileGrid.Tile], String) {
    let (height, width, channels, filters) = (shape[0], shape[1], shape[2], shape[3])
    let all = channels * filters
    let tiles = (0..<min(maximum, all)).map { index in
      let (filter, channel) = (index / channels, index % channels)
      let kernel = (0..<height * width).map { values[($0 * channels + channel) * filters + filter] }
      let name = channels == 1 ? "\(filter + 1)" : "\(filter + 1).\(channel + 1)"
      return TileGrid.Tile([Line(name, .dim)], pixels: Signed.bytes(kernel)[...], width: width, height: height)
    }
    let what = channels == 1 ? "kernels" : "kernels, filter.channel"
    return (tiles, "\(tiles.count) of \(grouped(all)) \(what), each on a scale of its own")
  }

  /// A matrix with its shorter side downwards, means of neighbours where it is larger than a picture.
  private static func matrix(_ values: [Float], _ shape: Shape) -> ([TileGrid.Tile], String) {
    let (rows, columns) = shape.rank == 2 ? (shape[0], shape[1]) : (1, values.count)
    let isTurned = rows > columns
    let (tall, wide) = isTurned ? (columns, rows) : (rows, columns)
    let (height, width) = (min(tall, 256), min(wide, 512))
    let maximum = Signed.largest(values)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(height * width)
    for y in 0..<height {
      for x in 0..<width {
        let (row, column) = (y * tall / height, x * wide / width)
        pixels.append(Signed.byte(values[isTurned ? column * columns + row : row * columns + column], maximum))
      }
    }
    let name = isTurned ? "outputs down, inputs across" : "inputs down, outputs across"
    let tile = TileGrid.Tile(
      [Line(shape.rank == 2 ? name : "all", .dim)], pixels: pixels[...], width: width, height: height)
    return (
      [tile], shape.rank == 2 ? "all \(grouped(values.count)) weights of the matrix \(shape)" : "its \(shape) numbers"
    )
  }
}
