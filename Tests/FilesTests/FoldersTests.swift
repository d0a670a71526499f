import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("A person's own folders")
struct FoldersTests {
  @Test(
    arguments: [
      (["HOME": "/h"], "/h/.config/sumi/init.sumi", "/h/.local/state/sumi", "/h/.cache/sumi"),
      (
        ["HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "/k"], "/c/sumi/init.sumi",
        "/s/sumi", "/k/sumi"
      ),
      (
        ["HOME": "/h", "XDG_STATE_HOME": "relative"], "/h/.config/sumi/init.sumi", "/h/.local/state/sumi",
        "/h/.cache/sumi"
      ),
      (["HOME": ""], nil, nil, nil), (["HOME": "relative"], nil, nil, nil), ([:], nil, nil, nil),
    ] as [([String: String], String?, String?, String?)])
  func `they are where the specification has them`(
    environment: [String: String], initFile: String?, state: String?, cache: String?
  ) {
    let folders = Folders(environment: environment)
    #expect(folders.initFile == initFile)
    #expect(folders.state == state)
    #expect(folders.cache == cache)
  }

  @Test func `a folder is made with those above it, and again without harm`() throws {
    let folder = try Folder()
    for _ in 0..<2 { try Folders.make(folder["a/b/c"]) }
    var isFolder: ObjCBool = false
    #expect(FileManager.default.fileExists(atPath: folder["a/b/c"], isDirectory: &isFolder) && isFolder.boolValue)
    let error = #expect(throws: FileError.self) { try Folders.make("/proc/none/x") }
    #expect(error?.path == "/proc/none")
  }
}
