import Grammar

/// A person's own arrays: an .npz of NumPy, or two .npy.
public struct NPZFile: Source {
  let file: String
  let labels: String?
  let task: Task?

  public static let form = Form<NPZFile>(
    "FILE.npz", "Arrays of your own, by the names that Keras gives them: x_train, y_train, x_test, y_test, or x and y.",
    Parameter("file", .text("the name of a NumPy file"), "the file; .npz, or .npy with labels="),
    .named(
      "labels", ArgumentType<String>.text("the name of a NumPy file").optional, default: nil,
      "the .npy file that says what each example is"),
    .named(
      "task", ArgumentType<Task>.choice("task").optional, default: nil, "whether the labels are classes or values"),
    endings: [".npz", ".npy"], examples: ["load arrays.npz"],
    make: { NPZFile(file: $0, labels: $1, task: $2) }, settings: { ($0.file, $0.labels, $0.task) })

  public static var isSplit: Bool { true }
  public var files: [String] { [file] + (labels.map { [$0] } ?? []) }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let path = try context.path(file)
    guard file.lowercased().hasSuffix(".npy") else {
      guard labels == nil else {
        throw Refusal(
          "labels= goes with an .npy; an .npz has the labels in it",
          hint: "load \(ArgumentType<String>.quote(file))")
      }
      return try NPZExamples.load(path, name: file, task: task, context)
    }
    guard let labels else {
      throw Refusal(
        "\(path) is one array; labels= names the other, which says what each example is",
        hint: "load \(ArgumentType<String>.quote(file)) labels=labels.npy")
    }
    try context.checkNoTestFile(file)
    return try NPZExamples.divided(try NPY(file: path), try NPY(file: context.path(labels)), file, task: task, context)
  }
}
