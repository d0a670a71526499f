/// What a network should say of each example.
public enum Targets: Sendable {
  /// The class of each example, below `count`.
  case classes([Int], count: Int)
  /// Some numbers for each example, `[examples, width]`.
  case values([Float], width: Int)

  /// What targets are, and how many outputs they want.
  public enum Kind: Equatable, Sendable {
    case classes(Int)
    case values(Int)

    public var isClasses: Bool { if case .classes = self { true } else { false } }

    /// Whether a row of so many outputs can say it: one for each, and a single one for two classes.
    public func fits(outputs: Int) -> Bool {
      switch self {
      case .classes(let count): outputs == count || (outputs == 1 && count == 2)
      case .values(let width): outputs == width
      }
    }

    /// The layer that a network for them ends in, as it is typed: `dense 10 softmax`, `dense 1`.
    public var lastLayer: String {
      switch self {
      case .classes(let count): "dense \(count) softmax"
      case .values(let width): "dense \(width)"
      }
    }
  }

  public var kind: Kind {
    switch self {
    case .classes(_, let count): .classes(count)
    case .values(_, let width): .values(width)
    }
  }

  /// Examples that they are for.
  public var count: Int {
    switch self {
    case .classes(let labels, _): labels.count
    case .values(let values, let width): values.count / width
    }
  }

  /// The memory that they take.
  var byteCount: Int {
    switch self {
    case .classes(let labels, _): labels.count * MemoryLayout<Int>.stride
    case .values(let values, _): values.count * MemoryLayout<Float>.stride
    }
  }

  /// Those of the first examples.
  func first(_ count: Int) -> Targets {
    switch self {
    case .classes(let labels, let classes): .classes(Array(labels.prefix(count)), count: classes)
    case .values(let values, let width): .values(Array(values.prefix(min(count, self.count) * width)), width: width)
    }
  }

  /// Those of some examples, in this order.
  func picked(_ rows: [Int]) -> Targets {
    switch self {
    case .classes(let labels, let classes): .classes(rows.map { labels[$0] }, count: classes)
    case .values(let values, let width):
      .values(rows.flatMap { values[$0 * width..<($0 + 1) * width] }, width: width)
    }
  }

  /// Writes those of the given examples, `[rows, width]`: values as they are, classes one-hot or, with a width of 1,
  /// the class itself, 0 or 1.
  func gather(_ rows: ArraySlice<Int>, into targets: FloatSpan, width: Int) {
    switch self {
    case .classes(let labels, _):
      targets.fill(0)
      for (row, example) in rows.enumerated() {
        if width == 1 { targets[row] = Float(labels[example]) } else { targets[row * width + labels[example]] = 1 }
      }
    case .values(let values, _):
      for (row, example) in rows.enumerated() {
        for i in 0..<width { targets[row * width + i] = values[example * width + i] }
      }
    }
  }
}

/// Which targets a loss or a metric can judge.
public enum Judged: Sendable {
  case any
  /// Classes only: what is right is one of several.
  case classes

  package func includes(_ targets: Targets.Kind) -> Bool { self == .any || targets.isClasses }
}
