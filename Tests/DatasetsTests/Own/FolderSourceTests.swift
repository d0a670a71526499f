import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("A folder of images")
struct FolderSourceTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let path = URL(fileURLWithPath: folder[name])
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: path)
  }

  @Test("large letters and other names of the two parts are understood", arguments: [
    ("Train", "TEST"), ("training", "valid"), ("TRAIN", "Validation"),
  ])
  func parts(train: String, test: String) throws {
    for (part, count) in [(train, 4), (test, 2)] { try fill(["a", "b"].map { "\(part)/\($0)" }, count) }
    let dataset = try load()
    #expect(dataset.train.count == 8 && dataset.test.count == 4 && dataset.classes == ["a", "b"])
    try FileManager.default.removeItem(atPath: folder["\(test)/b"])
    #expect(throws: Refusal("\(folder.path)/\(test) has no class b, which \(folder.path)/\(train) has")) { try load() }
  }

  @Test("colours that become grey, and files that are not read, are told")
  func told() throws {
    for name in ["a/1.png", "b/1.png"] { try write(PNGFile.bytes(2, 2, [9, 9, 9, 255]), to: name) }
    for name in ["a/2.png", "b/2.png", "b/3.png"] { try write(PNGFile.bytes(2, 2, [200, 0, 0, 255]), to: name) }
    for name in ["a/x.webp", "b/notes.txt"] { try write([1], to: name) }
    let notes = try load().notes
    #expect(notes.contains("3 images in colour were made grey, as the first one is; colour=yes keeps colours"))
    #expect(notes.contains {
      $0.hasPrefix("a/x.webp and 1 more are not read: images are PNG and JPEG files in the folders of the classes")
    })
    #expect(try !load(colour: false).notes.contains { $0.contains("made grey") })
  }

  @Test("images and folders that lie where none are expected are told")
  func strays() throws {
    try fill(["a", "b", "c/train/a", "c/train/b", "c/test/a", "c/test/b"], 2)
    for name in ["lost.png", "c/train/x.jpg"] { try write([1], to: name) }
    try fill(["c/validation/a"], 1)
    try FileManager.default.removeItem(atPath: folder["c/train/b/1.png"])
    let divided = try FolderSource(folder: folder["c"], size: nil, colour: nil).load(
      LoadContext(environment: [:], threads: Threads(count: 1)))
    #expect(divided.notes.contains { $0.hasPrefix("x.jpg and 1 more are not read") })
    try FileManager.default.removeItem(atPath: folder["c"])
    #expect(try load().notes.contains { $0.hasPrefix("lost.png is not read") })
  }

  private func load(size: Shape? = nil, colour: Bool? = nil) throws -> Dataset {
    try FolderSource(folder: folder.path, size: size, colour: colour).load(
      LoadContext(environment: [:], threads: Threads(count: 1)))
  }

  private func fill(_ classes: [String], _ count: Int = 5, _ size: (Int, Int) = (4, 3)) throws {
    for (index, name) in classes.enumerated() {
      for image in 0..<count {
        try write(PNGFile.bytes(size.0, size.1, [UInt8(index * 50), 0, 0, 255]), to: "\(name)/\(image).png")
      }
    }
  }

  @Test func `a folder is a class, in natural order, and a fifth of the images is put aside`() throws {
    try fill(["class 10", "class 2", "class 1"])
    let dataset = try load()
    #expect(dataset.classes == ["class 1", "class 2", "class 10"])
    #expect(dataset.train.count == 12 && dataset.test.count == 3 && dataset.shape == [3, 4, 3])
    let reds: [UInt8] = [100, 50, 0]
    for row in 0..<12 { #expect(dataset.train.bytes(of: row)[0] == reds[dataset.train.labels[row]]) }
    #expect(dataset.notes == ["images are 3×4 in colour, the size of the first; size= chooses another"])
  }

  @Test func `train and test are understood`() throws {
    try fill(["train/a", "train/b"], 3)
    try fill(["test/a", "test/b"], 1)
    let dataset = try load()
    #expect(dataset.train.count == 6 && dataset.test.count == 2 && dataset.classes == ["a", "b"])
  }

  @Test func `what trains comes in an order that follows from the seed, not a class behind the other`() throws {
    try fill(["train/a", "train/b"], 20)
    try fill(["test/a", "test/b"], 2)
    let dataset = try load()
    #expect(Set(dataset.train.labels.suffix(10)) == [0, 1] && dataset.test.labels == [0, 0, 1, 1])
    #expect((0..<40).allSatisfy { (dataset.train.bytes(of: $0)[0] > 0) == (dataset.train.labels[$0] == 1) })
    #expect(try load().train.labels == dataset.train.labels)
  }

  @Test func `sizes are unified, grey images take one number a pixel, and transparent ones are on white`() throws {
    for image in 0..<5 {
      try write(PNGFile.bytes(4 + image, 4, [80, 80, 80, 255]), to: "a/\(image).png")
      try write(PNGFile.bytes(4, 4, [0, 0, 0, 0]), to: "b/\(image).png")
    }
    let dataset = try load()
    #expect(dataset.shape == [4, 4])
    #expect(dataset.notes.last == "4 images of another size were brought to it, their sides stretched")
    for row in 0..<dataset.train.count {
      let grey: UInt8 = dataset.train.labels[row] == 0 ? 80 : 255
      #expect(dataset.train.bytes(of: row) == [UInt8](repeating: grey, count: 16))
    }
    #expect(try load(size: [2, 5]).shape == [2, 5])
    #expect(try load(colour: true).shape == [4, 4, 3])
  }

  @Test func `the four files of MNIST's form are read`() throws {
    for (name, bytes) in [
      ("train-images-idx3-ubyte", IDXFile.images), ("train-labels-idx1-ubyte", IDXFile.labels),
      ("t10k-images-idx3-ubyte", IDXFile.images), ("t10k-labels-idx1-ubyte", IDXFile.labels),
    ] { try folder.write(bytes, to: name) }
    let dataset = try load()
    #expect(dataset.train.count == 2 && dataset.shape == [2, 3] && dataset.classes.count == 10)
  }

  @Test func `what is no such folder is refused`() throws {
    func says() -> String? { (#expect(throws: Refusal.self) { try load() })?.message.replacing(folder.path, with: "F") }
    #expect(says() == "F has no folders; expected a folder for each class, two or more, with its images in it")
    try write(PNGFile.bytes(2, 2, [0, 0, 0, 255]), to: "loose.png")
    let expected = "expected a folder for each class, two or more, with its images in it"
    #expect(says() == "F has no folders, and 1 images in no folder; \(expected)")
    try fill(["a"], 1)
    #expect(says() == "F has one folder only, a, and 1 images in no folder; \(expected)")
    try write(Array("x".utf8), to: "b/readme.txt")
    #expect(says() == "F/b has no PNG and no JPEG files")
    try write(Array("no picture".utf8), to: "b/1.png")
    #expect(says() == "F/b/1.png: this is neither a PNG nor a JPEG, whatever its name says")
    try write(Array(PNGFile.bytes(2, 2, [0, 0, 0, 255]).prefix(40)), to: "b/1.png")
    #expect(says()?.hasPrefix("F/b/1.png: the PNG cannot be read") == true)
  }

  @Test func `links in circles and links that lead nowhere end`() throws {
    try fill(["a", "b"], 5)
    try FileManager.default.createSymbolicLink(atPath: folder["a/again"], withDestinationPath: folder.path)
    try FileManager.default.createSymbolicLink(atPath: folder["c"], withDestinationPath: folder["c"])
    try FileManager.default.createSymbolicLink(atPath: folder["d"], withDestinationPath: folder["nowhere"])
    #expect(try load().classes == ["a", "b"])
  }

  @Test func `a test class that is not trained is refused`() throws {
    try fill(["train/a", "train/b", "test/a", "test/b", "test/c"], 1)
    let refusal = #expect(throws: Refusal.self) { try load() }
    #expect(refusal?.message == "\(folder["test"]) has the class c, which \(folder["train"]) has not")
  }

  @Test func `what is nowhere, or no folder, is told`() throws {
    let context = LoadContext(environment: [:], threads: Threads(count: 1))
    let none = #expect(throws: Refusal.self) {
      try FolderSource(folder: folder["x/"], size: nil, colour: nil).load(context)
    }
    #expect(none?.message == "\(folder["x"]) cannot be read: No such file or directory")
    try folder.write("x", to: "file")
    let file = #expect(throws: Refusal.self) {
      try FolderSource(folder: folder["file"], size: nil, colour: nil).load(context)
    }
    #expect(file?.message == "\(folder["file"]) is no folder")
  }

  @Test(arguments: [("2", "10"), ("a2", "a10"), ("a", "b"), ("a1b2", "a1b10"), ("01", "1"), ("a", "a1"), ("9", "a")])
  func `2 comes before 10`(first: String, second: String) {
    #expect(NaturalOrder.precedes(first, second) && !NaturalOrder.precedes(second, first))
  }

  @Test func `a share or a file to test with is used or refused`() throws {
    try fill(["train/a", "train/b", "test/a", "test/b"])
    var context = LoadContext(environment: [:], threads: Threads(count: 1))
    let source = FolderSource(folder: folder.path, size: nil, colour: nil)
    #expect(try !source.load(context).isDivided)
    context.testPart = .share(0.5)
    #expect(throws: Refusal.hasOwnTest(folder.path, hint: nil)) { try source.load(context) }
    (context.testPart, context.testFile) = (nil, "no/such.csv")
    #expect(throws: Refusal.hasOwnTest(folder.path, hint: nil)) { try source.load(context) }
    context.testFile = nil
    context.testPart = .count(3)
    #expect(try source.load(context).test.count == 10)
    let heap = FolderSource(folder: folder["train"], size: nil, colour: nil)
    #expect(try heap.load(context).test.count == 3 && heap.load(context).isDivided)
    context.testFile = "no/such.csv"
    #expect(#expect(throws: Refusal.self) { try heap.load(context) }?.message.contains("for tables") == true)
  }
}
