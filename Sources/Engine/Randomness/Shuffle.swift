extension Random {
  /// A whole number from 0 to below `bound`, each as likely: the upper half of a product, drawn again in the few cases
  /// that would favour some (Lemire 2019).
  public mutating func below(_ bound: Int) -> Int {
    let bound = UInt64(max(1, bound))
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let minimum = (0 &- bound) % bound
      while product.low < minimum { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Puts values into a random order (Fisher and Yates, after Durstenfeld 1964).
  ///
  /// Our own, since a saved session has to give the same order with any later standard library.
  public mutating func shuffle<Value>(_ values: inout [Value]) {
    for place in values.indices.dropFirst().reversed() { values.swapAt(place, below(place + 1)) }
  }
}
