import Engine
import Grammar

/// Examples from NumPy arrays: what each is, and what is to be said of it.
enum NPZExamples {
  /// Names under which arrays are found: Keras's and scikit-learn's, MedMNIST's, and what people call them.
  private static let whole = [
    ["x_train", "y_train", "x_test", "y_test"], ["X_train", "y_train", "X_test", "y_test"],
    ["train_images", "train_labels", "test_images", "test_labels"], ["train_x", "train_y", "test_x", "test_y"],
  ]
  private static let single = [
    ["x", "y"], ["X", "y"], ["data", "target"], ["images", "labels"], ["features", "labels"],
  ]

  /// The examples of a file with Keras's names, to train and to test.
  /// - Parameter classes: what they are called; nil for their numbers.
  static func load(_ path: String, name: String, classes: [String]?) throws(Refusal) -> Dataset {
    let npz = try NPZ(path)
    guard let names = whole.first(where: { Set($0).isSubset(of: npz.names) }) else { throw .noArrays(npz) }
    return try dataset(npz, names, name, classes: classes, task: nil)
  }

  /// The examples of any file; a share is put aside for testing where it has no test part.
  static func load(_ path: String, name: String, task: Task?, _ context: LoadContext) throws(Refusal) -> Dataset {
    let npz = try NPZ(path)
    if let names = whole.first(where: { Set($0).isSubset(of: npz.names) }) {
      try context.checkOwnTest(name)
      return try dataset(npz, names, name, classes: nil, task: task)
    }
    try context.checkNoTestFile(name)
    guard let names = single.first(where: { Set($0).isSubset(of: npz.names) }) else { throw .noArrays(npz) }
    return try divided(try npz.array(names[0]), try npz.array(names[1]), name, task: task, context)
  }

  private static func dataset(
    _ npz: NPZ, _ names: [String], _ name: String, classes: [String]?, task: Task?
  ) throws(Refusal) -> Dataset {
    let arrays = (try npz.array(names[0]), try npz.array(names[1]), try npz.array(names[2]), try npz.array(names[3]))
    let (trainTargets, testTargets) = try targets(arrays.1, arrays.3, classes: classes?.count, task: task)
    let (train, test) = (try examples(arrays.0, trainTargets, arrays.1), try examples(arrays.2, testTargets, arrays.3))
    guard train.shape == test.shape else {
      throw Refusal("\(npz.path): \(names[0]) has examples of \(train.shape), and \(names[2]) of \(test.shape)")
    }
    var dataset = Dataset(
      name: name, train: train, test: test, classes: classes ?? numbered(train), origin: "from \(npz.path)")
    dataset.hasClassNames = classes != nil
    if classes == nil { dataset.notes = notes([arrays.1, arrays.3], [train, test], task) + lost(arrays.0) }
    return dataset
  }

  /// Examples in one piece, of which a share is put aside to test with.
  static func divided(
    _ x: NPY, _ y: NPY, _ name: String, task: Task?, _ context: LoadContext
  ) throws(Refusal) -> Dataset {
    let all = try examples(x, try targets(y, nil, classes: nil, task: task).0, y)
    let labels = all.targets.kind.isClasses ? all.labels : nil
    let division = try Division(
      count: all.count, labels: labels, context.dividedPart,
      seed: context.seed, name: name, line: context.line)
    var dataset = Dataset(
      name: name, train: try all.picked(division.train), test: try all.picked(division.test), classes: numbered(all),
      origin: "from \(x.path)")
    (dataset.isDivided, dataset.hasClassNames) = (true, false)
    dataset.notes = notes([y], [all], task) + lost(x) + division.notes(labels, dataset.classes)
    return dataset
  }

  /// What was made of the targets, where that may not be what was meant.
  private static func notes(_ arrays: [NPY], _ parts: [Examples], _ task: Task?) -> [String] {
    guard let first = arrays.first, !isOneHot(first) else { return [] }
    guard parts.allSatisfy(\.targets.kind.isClasses) else {
      let areWhole = task == nil && arrays.allSatisfy { !$0.isFloats && $0.shape.count == $0.shape[0] }
      return areWhole
        ? ["\(first.path): whole numbers that are not all from 0 to \(mostClasses - 1), so values are learnt"] : []
    }
    var notes: [String] = []
    let labels = parts.flatMap(\.labels)
    let different = Set(labels)
    // Ten digits, one of each, are classes all the same.
    let areSeldom = different.count > 10 && 2 * different.count > labels.count
    if task == nil, first.isFloats || areSeldom || different.count > Task.mostClasses {
      notes.append(
        "\(first.path) has \(different.count) different whole numbers, taken for classes; task=value learns values")
    }
    if let least = different.min(), least > 0 {
      let named = least == 1 ? "class 0" : "the classes 0 to \(least - 1)"
      notes.append(
        "\(first.path): labels begin with \(least), so no example is of \(named); a network has an output for it all "
          + "the same")
    }
    return notes
  }

  /// What to say of numbers with more digits than a network computes with.
  private static func lost(_ x: NPY) -> [String] {
    guard let number = x.firstLost() else { return [] }
    return [CSVNumbers.lossNote(x.path, number) + "; subtract the mean before you save it"]
  }

  private static func numbered(_ examples: Examples) -> [String] { (0..<examples.classes).map(String.init) }

  private static func examples(_ x: NPY, _ targets: Targets, _ y: NPY) throws(Refusal) -> Examples {
    guard x.shape.rank >= 1, let count = x.shape.extents.first, count > 0 else {
      throw Refusal("\(x.path) holds no examples")
    }
    guard targets.count == count else {
      throw Refusal("\(x.path) has \(count) examples, and \(y.path) says what \(targets.count) are")
    }
    let shape = Shape(x.shape.rank == 1 ? [1] : Array(x.shape.extents.dropFirst()))
    guard shape.count > 0 else { throw Refusal("\(x.path) holds nothing: its shape is \(x.shape)") }
    // A few bytes in a row are numbers as any others; many of them, or rows of rows, are pixels.
    if x.isBytes, shape.rank > 1 || shape.count >= fewestPixels {
      return Examples(shape: shape, features: .bytes(Bytes(x.bytes), .unit), targets: targets)
    }
    try Machine.require(2 * 4 * shape.count * count, for: x.path, hint: "load digits")
    let numbers = x.floats()
    guard let wrong = numbers.firstIndex(where: { !$0.isFinite }) else {
      return Examples(shape: shape, features: .floats(Floats(numbers)), targets: targets)
    }
    let (number, place) = (x.double(wrong), "\(x.path): example \(wrong / shape.count) holds")
    if let number, number.isFinite {
      throw Refusal("\(place) \(number), which is beyond single precision; expected numbers up to 3.4e38")
    }
    throw Refusal("\(place) \(numbers[wrong]), which is no finite number")
  }

  /// What two arrays say of their examples, with as many classes in both.
  private static func targets(_ train: NPY, _ test: NPY?, classes: Int?, task: Task?) throws(Refusal) -> (
    Targets, Targets
  ) {
    let arrays = [train] + (test.map { [$0] } ?? [])
    if let empty = arrays.first(where: { $0.shape.rank == 0 || $0.shape.count == 0 }) {
      throw Refusal("\(empty.path) holds no examples")
    }
    let isClass = classes != nil || task == .class || (task == nil && arrays.allSatisfy(areClasses))
    guard isClass else { return (try values(train), try values(test ?? train)) }
    let labels = (try self.labels(train), try test.map { (test) throws(Refusal) in try self.labels(test) } ?? [])
    let count = classes ?? 1 + max(labels.0.max() ?? 0, labels.1.max() ?? 0)
    guard count > 1 else {
      throw Refusal("\(train.path): all examples are of one class, so there is nothing to tell apart")
    }
    for (array, labels) in zip(arrays, [labels.0, labels.1]) {
      if let row = labels.firstIndex(where: { $0 >= count }) {
        throw Refusal("\(array.path): label \(row) is \(labels[row]), expected 0 to \(count - 1)")
      }
    }
    return (.classes(labels.0, count: count), .classes(labels.1, count: count))
  }

  /// Pixels of the smallest image that is taken for one in a single row, 8×8.
  private static let fewestPixels = 64
  /// More classes than these are none.
  private static let mostClasses = 10_000

  private static func areClasses(_ array: NPY) -> Bool {
    if isOneHot(array) { return true }
    guard !array.isFloats || Set(array.floats()).count <= Task.mostClasses, let whole = array.integers() else {
      return false
    }
    return whole.allSatisfy { (0..<mostClasses).contains($0) }
      && (array.shape.rank == 1 || array.shape.extents.dropFirst() == [1])
  }

  /// Whether each row is 0 but for one 1.
  private static func isOneHot(_ array: NPY) -> Bool {
    guard array.shape.rank == 2, array.shape[1] > 1, array.shape[0] > 0 else { return false }
    let (numbers, width) = (array.floats(), array.shape[1])
    guard numbers.allSatisfy({ $0 == 0 || $0 == 1 }) else { return false }
    return (0..<array.shape[0]).allSatisfy { row in numbers[row * width..<(row + 1) * width].reduce(0, +) == 1 }
  }

  private static func labels(_ array: NPY) throws(Refusal) -> [Int] {
    if isOneHot(array) {
      let (numbers, width) = (array.floats(), array.shape[1])
      return (0..<array.shape[0]).map { row in
        numbers[row * width..<(row + 1) * width].firstIndex(of: 1).map { $0 - row * width } ?? 0
      }
    }
    guard array.shape.rank == 1 || array.shape.extents.dropFirst() == [1], let labels = array.integers(),
      labels.allSatisfy({ (0..<mostClasses).contains($0) })
    else {
      throw Refusal(
        "\(array.path) holds no classes; expected a whole number from 0 to \(mostClasses - 1) for each example")
    }
    return labels
  }

  private static func values(_ array: NPY) throws(Refusal) -> Targets {
    guard array.shape.rank == 1 || array.shape.rank == 2 else {
      throw Refusal("\(array.path) has the shape \(array.shape); expected a value or a row of values for each example")
    }
    let (numbers, width) = (array.floats(), array.shape.rank == 1 ? 1 : array.shape[1])
    guard width > 0, numbers.allSatisfy(\.isFinite) else {
      throw Refusal("\(array.path) holds values that are not finite")
    }
    return .values(numbers, width: width)
  }
}

extension Refusal {
  fileprivate static func noArrays(_ npz: NPZ) -> Refusal {
    Refusal(
      "\(npz.path) has the arrays \(npz.names.prefix(20).joined(separator: ", ").visible); expected x_train, "
        + "y_train, x_test and y_test, or x and y")
  }
}
