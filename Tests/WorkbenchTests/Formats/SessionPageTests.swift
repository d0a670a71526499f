import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("A session as a page")
struct SessionPageTests {
  private static let lines = [
    "summary", "show data 3", "confusion", "show errors 5", "report", "show curves", "show network", "show weights 2",
    "predict 3",
  ]

  private func page() throws -> (text: String, folder: Folder) {
    let folder = try Folder()
    var bench = Bench(.trained)
    for line in SessionPageTests.lines { bench.run(line) }
    bench.run("show data 1 # <script>alert(2)</script>")
    bench.run("save session \(folder["s.html"])")
    return (try folder.text("s.html"), folder)
  }

  @Test("it holds every command with its result, pictures as SVG, and no script")
  func holds() throws {
    let page = try page().text
    for line in SessionPageTests.lines { #expect(page.contains("</span> \(line)</pre>"), "\(line)") }
    #expect(page.contains("show data 1 # &lt;script&gt;alert(2)&lt;/script&gt;</pre>"))
    #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
    #expect(page.components(separatedBy: "<svg ").count - 1 >= 8)
  }

  private static let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    "a browser shows it, pictures included", .enabled(if: SessionPageTests.chromium != nil, "no Chromium is installed"))
  func browser() throws {
    let (_, folder) = try page()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(SessionPageTests.chromium))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder["profile"])", "--window-size=800,3000",
      "--screenshot=\(folder["shot.png"])", "file://\(folder["s.html"])",
    ]
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try folder.bytes("shot.png").count > 50_000)
  }

  @Test("another ending is refused, with both that there are")
  func ending() throws {
    var bench = Bench(.loaded)
    #expect(
      try bench.refuse("save session x.txt").message
        == "a session cannot be written as .txt; expected a file ending in .sumi, .html, .htm, .md, .markdown, .ipynb or .py"
    )
  }
}
