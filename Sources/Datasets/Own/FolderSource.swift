import Engine
import Files
import Glibc
import Grammar

/// A person's own images: a folder with a folder for each class, or with the four files of MNIST's form.
public struct FolderSource: Source {
  let folder: String
  let size: Shape?
  let colour: Bool?

  public static let form = Form<FolderSource>(
    "FOLDER", "Images of your own: a folder for each class, with PNG and JPEG files; or four IDX files.",
    Parameter("folder", .text("the path of a folder"), "the folder, with a / in its name: ./pets"),
    .named("size", CSVFile.shapeKind.optional, default: nil, "height and width to bring all images to, as in 64x64"),
    .named("colour", ArgumentType<Bool>.flag.optional, default: nil, "three numbers a pixel, or one"),
    endings: ["/"], examples: ["load ./pets size=64x64"],
    make: { FolderSource(folder: $0, size: $1, colour: $2) }, settings: { ($0.folder, $0.size, $0.colour) })

  public static var isSplit: Bool { true }
  public var files: [String] { [folder] }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    var path = try context.path(folder)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    var status = stat()
    guard stat(path, &status) == 0 else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw Refusal("\(path) is no folder", hint: "load digits") }
    if let images = try idx(path, context) {
      try context.checkOwnTest(folder)
      return images
    }
    let tree = try ImageTree(path)
    if tree.test == nil { try context.checkNoTestFile(folder) } else { try context.checkOwnTest(folder) }
    var pictures = PictureFiles(
      of: folder, count: tree.train.count + (tree.test?.count ?? 0), size: size, isColour: colour, context.observer)
    let all = try pictures.read(tree.train)
    let classes = tree.classes
    if let test = tree.test {
      let train = try all.picked(Division.mixed(all.count, seed: context.seed))
      return pictures.dataset(
        folder, train: train, test: try pictures.read(test), classes: classes, others: tree.others,
        origin: "from \(path)")
    }
    let division = try Division(
      count: all.count, labels: all.labels, context.dividedPart,
      seed: context.seed, name: folder, line: context.line)
    var dataset = pictures.dataset(
      folder, train: try all.picked(division.train), test: try all.picked(division.test), classes: classes,
      others: tree.others, origin: "from \(path)")
    dataset.isDivided = true
    dataset.notes += division.notes(all.labels, classes)
    return dataset
  }

  /// The four files of MNIST's form, when the folder holds them.
  private func idx(_ path: String, _ context: LoadContext) throws(Refusal) -> Dataset? {
    let files = ImageSet.files()
    guard files.contains(where: { $0.path(in: path) != nil }) else { return nil }
    let copies = try PublishedFile.read(files, of: path, in: path, nil, context.threads)
    let classes =
      1
      + copies.filter { $0.idx.extents.count == 1 }.map(\.idx).reduce(0) { most, idx in
        max(most, idx.bytes.withUnsafeBufferPointer { $0.max().map(Int.init) ?? 0 })
      }
    guard classes > 1 else {
      throw Refusal("\(path): all examples are of one class, so there is nothing to tell apart")
    }
    let train = try LabelledImages.join(copies[0].idx, copies[1].idx, classes: classes)
    let test = try LabelledImages.join(copies[2].idx, copies[3].idx, classes: classes)
    guard train.shape == test.shape else {
      throw Refusal("\(path): images to train with are \(train.shape), and those to test with \(test.shape)")
    }
    return Dataset(
      name: folder, train: train, test: test, classes: (0..<classes).map(String.init), origin: "from \(path)")
  }
}
