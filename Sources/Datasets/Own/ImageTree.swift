import Files
import Glibc
import Grammar

/// Which image files lie in the folders of which classes.
struct ImageTree {
  /// A file and the number of its class.
  struct Entry: Equatable {
    let path: String
    let label: Int
  }

  /// In natural order, 2 before 10.
  let classes: [String]
  private(set) var train: [Entry] = []
  /// nil where all images are in one heap.
  private(set) var test: [Entry]?
  /// Files beside the images that are none, or of another kind; images and folders where none are expected.
  private(set) var others: [String] = []

  private static let endings = [".png", ".jpg", ".jpeg"]
  /// What a folder of all classes is called where images are divided already, the first one that is there.
  private static let trainNames = ["train", "training"]
  private static let testNames = ["test", "testing", "val", "valid", "validation"]
  private static let (mostClasses, mostFiles) = (10_000, 10_000_000)

  /// - Throws: `Refusal` when there are no classes, or one has no images.
  init(_ path: String) throws(Refusal) {
    let folders = try ImageTree.folders(path)
    let (trainFolder, testFolder) = (
      ImageTree.first(ImageTree.trainNames, in: folders), ImageTree.first(ImageTree.testNames, in: folders)
    )
    let isDivided = trainFolder != nil && testFolder != nil
    let root = isDivided ? "\(path)/\(trainFolder ?? "")" : path
    classes = isDivided ? try ImageTree.folders(root) : folders
    guard classes.count > 1 else { throw .noClasses(root, classes, try ImageTree.images(root).count) }
    guard classes.count <= ImageTree.mostClasses else {
      throw Refusal(
        "\(root) has \(classes.count) folders; expected at most \(ImageTree.mostClasses), one for each class")
    }
    others = try ImageTree.images(root)
    if isDivided {
      let beside = try ImageTree.images(path) + folders.filter { $0 != trainFolder && $0 != testFolder }
      others += beside.map { "\(path)/\($0)" }
    }
    train = try entries(root)
    if let testFolder, isDivided {
      let other = "\(path)/\(testFolder)"
      let missing = classes.first { access("\(other)/\($0)", F_OK) != 0 }
      if let missing { throw Refusal("\(other) has no class \(missing.visible), which \(root) has") }
      let unknown = try ImageTree.folders(other).first { !classes.contains($0) }
      if let unknown { throw Refusal("\(other) has the class \(unknown.visible), which \(root) has not") }
      test = try entries(other)
    }
  }

  /// The first of some names that a folder has, whatever letters are large.
  private static func first(_ names: [String], in folders: [String]) -> String? {
    names.lazy.compactMap { name in folders.first { $0.lowercased() == name } }.first
  }

  private mutating func entries(_ root: String) throws(Refusal) -> [Entry] {
    var entries: [Entry] = []
    for (label, name) in classes.enumerated() {
      let images = try ImageTree.images("\(root)/\(name)")
      others += try ImageTree.names("\(root)/\(name)").filter { !images.contains($0) }.map { "\(name)/\($0)" }
      guard !images.isEmpty else { throw Refusal("\(root)/\(name) has no PNG and no JPEG files") }
      entries += images.map { Entry(path: "\(root)/\(name)/\($0)", label: label) }
      guard entries.count <= ImageTree.mostFiles else {
        throw Refusal("\(root) has more than \(ImageTree.mostFiles) images")
      }
    }
    return entries
  }

  /// The folders in a folder, hidden ones aside.
  private static func folders(_ path: String) throws(Refusal) -> [String] {
    try names(path).filter { name in
      var status = stat()
      return stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
  }

  private static func images(_ path: String) throws(Refusal) -> [String] {
    guard access(path, F_OK) == 0 else { throw Refusal("\(path) is missing, or a link that leads nowhere") }
    return try names(path).filter { name in endings.contains { name.lowercased().hasSuffix($0) } }
  }

  private static func names(_ path: String) throws(Refusal) -> [String] {
    guard let names = Folders.names(in: path) else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    return names.filter { !$0.hasPrefix(".") }.sorted(by: NaturalOrder.precedes)
  }
}

/// The order in which people count: 2 before 10.
enum NaturalOrder {
  static func precedes(_ a: String, _ b: String) -> Bool {
    let (first, second) = (parts(a), parts(b))
    for (one, other) in zip(first, second) where one != other {
      if let number = NaturalOrder.number(one), let second = NaturalOrder.number(other) {
        return number == second ? one < other : number < second
      }
      return one < other
    }
    return first.count < second.count
  }

  private static func number(_ text: Substring) -> Double? {
    text.first.map { $0.isASCII && $0.isNumber } == true ? Double(text) : nil
  }

  /// Digits and what stands between them, in turn.
  private static func parts(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let isDigit = first.isASCII && first.isNumber
      let part = rest.prefix { ($0.isASCII && $0.isNumber) == isDigit }
      parts.append(part)
      rest = rest[part.endIndex...]
    }
    return parts
  }
}

extension Refusal {
  fileprivate static func noClasses(_ path: String, _ classes: [String], _ images: Int) -> Refusal {
    let what = classes.isEmpty ? "no folders" : "one folder only, \(classes[0].visible)"
    let also = images > 0 ? ", and \(images) images in no folder" : ""
    return Refusal("\(path) has \(what)\(also); expected a folder for each class, two or more, with its images in it")
  }
}
