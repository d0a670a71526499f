@testable import Engine

/// The numbers under a window, place by place and channel by channel, for the twins of pools.
func pooled(
  _ given: Twin.Given, _ size: Pair, _ strides: Pair, same: Bool, _ value: ([Double]) -> Double
) -> [Double] {
  let (rows, top) = Twin.places(given.shape[0], size.height, strides.height, same: same)
  let (columns, left) = Twin.places(given.shape[1], size.width, strides.width, same: same)
  var y: [Double] = []
  for place in 0..<given.batch * rows * columns {
    let (image, row, column) = (place / (rows * columns), place / columns % rows, place % columns)
    for channel in 0..<given.shape[2] {
      var seen: [Double] = []
      for i in 0..<size.height {
        for j in 0..<size.width {
          let (line, pixel) = (row * strides.height - top + i, column * strides.width - left + j)
          if given.isInside(line, pixel) { seen.append(given.pixel(image, line, pixel, channel)) }
        }
      }
      y.append(value(seen))
    }
  }
  return y
}
