extension Collection<Float> {
  /// The smallest and the largest of the numbers, both 0 where there are none, both NaN where one is, as in NumPy.
  var bounds: (minimum: Double, maximum: Double) {
    if contains(where: \.isNaN) { return (.nan, .nan) }
    return (Double(self.min() ?? 0), Double(self.max() ?? 0))
  }
}
