import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Names of files become paths")
struct PathResolverTests {
  private let folder: Folder
  private let paths = PathResolver(environment: ["HOME": "/home/me"])

  init() throws { folder = try Folder() }

  @Test func `at the prompt a name is in the working folder, as it was typed`() throws {
    for name in ["a", "a/b", "../a", "/a", "", "a~", "./~"] { #expect(try paths.path(name) == name) }
  }

  @Test func `the tilde is the home folder, and with a name that person's`() throws {
    #expect(try paths.path("~") == "/home/me")
    #expect(try paths.path("~/a b") == "/home/me/a b")
    #expect(try paths.path("~root/x") == "/root/x")
    let unknown = #expect(throws: FileError.self) { try paths.path("~nobody-is-called-so/x") }
    #expect(unknown?.message.contains("nobody is called nobody-is-called-so") == true)
  }

  @Test(arguments: [[:], ["HOME": ""]]) func `without HOME the system's list knows the home`(_ none: [String: String])
    throws
  {
    let home = String(cString: try #require(getpwuid(getuid())?.pointee.pw_dir))
    #expect(try PathResolver(environment: none).path("~/x") == home + "/x")
  }

  @Test func `names in a script are beside it, nested ones beside theirs`() throws {
    try FileManager.default.createDirectory(atPath: folder["sub"], withIntermediateDirectories: false)
    let outer = paths.beside(script: try folder.write("", to: "a.sumi"))
    #expect(try outer.path("w") == folder["w"])
    let inner = outer.beside(script: try folder.write("", to: "sub/b.sumi"))
    #expect(try inner.path("w") == folder["sub/w"])
    #expect(try inner.path("/w") == "/w")
    #expect(try inner.path("~/w") == "/home/me/w")
    #expect(try inner.path("") == "")
  }

  @Test func `a link to a script stands for the script`() throws {
    try FileManager.default.createDirectory(atPath: folder["sub"], withIntermediateDirectories: false)
    try folder.write("", to: "sub/b.sumi")
    try FileManager.default.createSymbolicLink(atPath: folder["link"], withDestinationPath: "sub/b.sumi")
    let path = try paths.beside(script: folder["link"]).path("w")
    #expect(path == PathResolver.real(folder["sub"]).map { $0 + "/w" })
  }

  @Test(arguments: ["/dev/stdin", "/dev/null", "/nowhere/x.sumi"])
  func `files of a script that is no file are in the working folder`(script: String) throws {
    #expect(try paths.beside(script: script).path("w") == "w")
  }
}
