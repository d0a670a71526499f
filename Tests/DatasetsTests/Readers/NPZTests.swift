import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Zip archives of NumPy arrays")
struct NPZTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let array = ArchiveFile.npy(floats: [1, 2, 3], [3])

  @Test(arguments: [false, true]) func `arrays are read, stored and deflated`(isDeflated: Bool) throws {
    let bytes = ArchiveFile.npz(
      [("x", NPZTests.array), ("y", ArchiveFile.npy("|u1", [1000], .init(repeating: 7, count: 1000)))],
      isDeflated: isDeflated)
    let npz = try NPZ(folder.write(bytes, to: "a.npz"))
    #expect(npz.names == ["x", "y"])
    #expect(try npz.array("x").floats() == [1, 2, 3])
    #expect(try npz.array("y").bytes == .init(repeating: 7, count: 1000))
    let refusal = #expect(throws: Refusal.self) { try npz.array("z") }
    #expect(refusal?.message == "\(folder["a.npz"]) has no array z; it has x, y")
  }

  static let bad: [(name: String, bytes: [UInt8], says: String)] = {
    let content = array
    let (good, name) = (ArchiveFile.npz([("x", content)]), "x.npy")
    typealias Member = ArchiveFile.Member
    func one(_ change: (inout Member) -> Void) -> [UInt8] {
      var member = Member(name: name, content: content)
      change(&member)
      return ArchiveFile.zip([member])
    }
    var flipped = good
    flipped[60] ^= 1
    return [
      ("empty", [], "FILE is no zip archive"),
      ("text", Array("hello, this is text".utf8), "FILE is no zip archive but a text"),
      ("page", Array("<!DOCTYPE html><html></html>".utf8), "FILE is no zip archive but an HTML page"),
      ("cut", Array(good.dropLast(30)), "FILE is cut off: the list of what the archive holds is missing"),
      ("head", Array(good[..<40]), "FILE is cut off: the list of what the archive holds is missing"),
      ("nothing", ArchiveFile.zip([]), "FILE holds nothing"),
      (
        "up", one { $0.name = "../x.npy" },
        "FILE holds a member with the name \"../x.npy\", which leads out of the archive"
      ),
      (
        "inner up", one { $0.name = "a/../../x.npy" },
        "FILE holds a member with the name \"a/../../x.npy\", which leads out of the archive"
      ),
      (
        "root", one { $0.name = "/etc/x.npy" },
        "FILE holds a member with the name \"/etc/x.npy\", which leads out of the archive"
      ),
      (
        "windows", one { $0.name = "..\\x.npy" },
        "FILE holds a member with the name \"..\\x.npy\", which leads out of the archive"
      ),
      (
        "zero", one { $0.name = "x\0.npy" },
        "FILE holds a member with the name \"x·.npy\", which leads out of the archive"
      ),
      ("nameless", one { $0.name = "" }, "FILE holds a member with the name \"\", which leads out of the archive"),
      ("other", one { $0.name = "x.exe" }, "FILE holds x.exe; expected NumPy arrays (.npy) only"),
      ("encrypted", one { $0.flags = 1 }, "FILE: x.npy is encrypted, which cannot be read"),
      ("method", one { $0.method = 12 }, "FILE: x.npy is packed by method 12; expected 0 (stored) or 8 (deflated)"),
      ("sum", one { $0.sum = 1 }, "FILE: x.npy is broken: its check sum is not that of its bytes"),
      (
        "short", one { $0.size = content.count + 1 },
        "FILE: x.npy is broken: it does not hold the 141 bytes that it promises"
      ),
      (
        "shorter",
        one {
          $0.isDeflated = true; $0.size = 100
        }, "FILE: x.npy is broken: it does not hold the 100 bytes that it promises"
      ),
      (
        "bomb",
        one {
          $0.isDeflated = true; $0.size = 4_000_000_000
        }, "FILE: x.npy promises 4000000000 bytes, more than its"
      ),
      ("far", one { $0.place = 5000 }, "FILE is broken: x.npy reaches into what follows it"),
      ("beyond", one { $0.packedSize = 5000 }, "FILE is broken: x.npy reaches into what follows it"),
      (
        "huge", one { $0.size = 0xFFFF_FFFF }, "FILE is an archive of the kind for more than 4 GB, which cannot be read"
      ),
      ("twice", ArchiveFile.npz([("x", content), ("x", content)]), "FILE holds x.npy twice"),
      (
        "shared",
        ArchiveFile.zip([.init(name: "x.npy", content: content), .init(name: "y.npy", content: content, place: 0)]),
        "FILE is broken: x.npy reaches into what follows it"
      ),
      (
        "many", ArchiveFile.zip([.init(name: name, content: content)], count: 20_000),
        "FILE holds 20000 members; expected at most 10000"
      ),
      (
        "more", ArchiveFile.zip([.init(name: name, content: content)], count: 2),
        "FILE is broken: the list of what the archive holds cannot be read"
      ),
      (
        "zip64", ArchiveFile.zip([.init(name: name, content: content)], count: 0xFFFF),
        "FILE is an archive of the kind for more than 4 GB, which cannot be read"
      ),
      ("flipped", flipped, "FILE: x.npy is broken: its check sum is not that of its bytes"),
      ("inner", ArchiveFile.npz([("x", Array("hello".utf8))]), "FILE: x is no NumPy array: it does not begin as one"),
    ]
  }()

  @Test("what is broken or made to harm is refused", arguments: bad)
  func refused(name: String, bytes: [UInt8], says: String) throws {
    let path = try folder.write(bytes, to: "\(name).npz")
    let refusal = #expect(throws: Refusal.self) { _ = try NPZ(path).array("x") }
    let message = refusal?.message.replacing(path, with: "FILE") ?? ""
    #expect(message == says || (says.hasSuffix(" its") && message.hasPrefix(says)), "\(message)")
  }

  @Test func `an archive with any byte changed is refused or gives the same numbers`() throws {
    let good = ArchiveFile.npz([("x", NPZTests.array)], isDeflated: true)
    for index in good.indices {
      var bytes = good
      bytes[index] ^= 0x41
      let path = try folder.write(bytes, to: "a.npz")
      if let array = try? NPZ(path).array("x") { #expect(array.floats() == [1, 2, 3], "byte \(index)") }
    }
  }
}
