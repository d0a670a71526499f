import Engine
import Grammar

/// Tables of numbers with a value for each row, in Keras's order (Keras 3.15, `boston_housing.load_data`).
enum HousingSet {
  /// - Parameters:
  ///   - maximum: rows that are taken, from the beginning; nil for all.
  ///   - columns: what the numbers of a row are called; none where nobody is sure.
  static func load(
    _ file: KerasFile, maximum: Int? = nil, columns: [String], target: String, _ context: LoadContext
  ) throws(Refusal) -> Dataset {
    let path = try file.path(context)
    let npz = try NPZ(path)
    let (x, y) = (try npz.array("x"), try npz.array("y"))
    guard x.shape.rank == 2, y.shape.extents == [x.shape[0]] else {
      throw Refusal("\(path) holds x of \(x.shape) and y of \(y.shape); expected rows of numbers and a value for each")
    }
    guard x.shape[0] > 4, x.shape[1] > 0 else {
      throw Refusal("\(path) holds \(x.shape) numbers, too few to learn from")
    }
    try Machine.require(x.bytes.count + y.bytes.count, for: path, hint: "load digits")
    let (numbers, values) = (x.floats(), y.floats())
    guard numbers.allSatisfy(\.isFinite), values.allSatisfy(\.isFinite) else {
      throw Refusal("\(path) holds numbers that are not finite")
    }
    var random = RandomState(seed: ReviewSet.seed)
    let (train, test) = KerasSplit.cut(random.shuffled(min(maximum ?? .max, x.shape[0])))
    func examples(_ rows: ArraySlice<Int>) -> Examples {
      let width = x.shape[1]
      return Examples(
        shape: [width], features: .floats(Floats(rows.flatMap { numbers[$0 * width..<($0 + 1) * width] })),
        targets: .values(rows.map { values[$0] }, width: 1))
    }
    var dataset = Dataset(
      name: file.set, train: examples(train), test: examples(test), classes: [], origin: "from \(path)")
    dataset.columns = columns.count == x.shape[1] ? columns : []
    dataset.target = target
    dataset.notes = try file.note(path)
    return dataset
  }
}
