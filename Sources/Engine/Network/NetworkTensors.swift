/// The numbers of single tensors, as they lie outside: row by row.
extension Network {
  /// The numbers of one tensor, in Keras's layout.
  public subscript(tensor: WeightSlot) -> [Float] {
    get {
      guard let panels = tensor.weight.panels else { return Array(values[tensor.range]) }
      return Array(unsafeUninitializedCapacity: tensor.count) { buffer, count in
        panels.copy(values.view(tensor.range), rowByRow: FloatSpan(buffer, 0..<tensor.count))
        count = tensor.count
      }
    }
    set {
      newValue.withUnsafeBytes { fill(tensor, from: $0) }
    }
  }

  /// Takes the numbers of one tensor, in Keras's layout, from bytes that may begin anywhere.
  package mutating func fill(_ tensor: WeightSlot, from bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count == tensor.count * MemoryLayout<Float>.stride, "as many numbers")
    guard let source = bytes.baseAddress, tensor.count > 0 else { return }
    values.withUnsafeMutableBufferPointer { values in
      let span = FloatSpan(values, tensor.range)
      guard let panels = tensor.weight.panels else {
        return UnsafeMutableRawPointer(span.base).copyMemory(from: source, byteCount: bytes.count)
      }
      panels.fill(span, from: source)
    }
  }

  /// Hands over the numbers of one tensor in Keras's layout, in pieces of at most 1 MB or a row.
  package func read<Failure: Error>(
    _ tensor: WeightSlot, _ take: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    defer { withExtendedLifetime(values) {} }
    let span = values.view(tensor.range)
    guard let panels = tensor.weight.panels else { return try take(span.bytes) }
    let count = min(panels.rows, max(1, (1 << 18) / panels.columns))
    var piece = ParameterStorage(repeating: 0, count: count * panels.columns)
    for first in stride(from: 0, to: panels.rows, by: count) {
      let range = first..<min(first + count, panels.rows)
      try piece.withUnsafeMutableBufferPointer { (piece) throws(Failure) in
        let rows = FloatSpan(piece, 0..<range.count * panels.columns)
        panels.copy(span, range, to: rows)
        try take(rows.bytes)
      }
    }
  }
}
