extension Examples {
  /// The memory of the examples, piece by piece, in an order that is always the same: what tells two sets apart.
  ///
  /// Of features that are read when they are wanted there is only the count.
  package func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeBytes(of: Int64(count)) { body($0) }
    switch features {
    case .bytes(let bytes, let scale):
      bytes.withUnsafeBufferPointer {
        body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0).prefix(count * shape.count)))
      }
      scale.numbers.withUnsafeBytes { body($0) }
    case .floats(let floats):
      floats.withUnsafeBufferPointer {
        body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0).prefix(count * shape.count * 4)))
      }
    case .lists(let lists):
      lists.withView { view in
        body(UnsafeRawBufferPointer(view.starts))
        body(UnsafeRawBufferPointer(view.indices))
        if let values = view.values { body(UnsafeRawBufferPointer(values)) }
      }
    case .source: break
    }
    switch targets {
    case .classes(let labels, _): labels.withUnsafeBytes { body($0) }
    case .values(let values, _): values.withUnsafeBytes { body($0) }
    }
  }
}
