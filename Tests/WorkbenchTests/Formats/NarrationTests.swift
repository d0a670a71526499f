import Testing

@testable import Workbench

@Suite("Narration")
struct NarrationTests {
  @Test(
    arguments: [
      (["# One", "# two", "", "# three"], "<p>One\ntwo</p>\n<p>three</p>\n"),
      (
        ["# # Head", "# - a", "# - **b**", "# after"],
        "<h2>Head</h2>\n<ul>\n<li>a</li>\n<li><strong>b</strong></li>\n</ul>\n<p>after</p>\n"
      ),
      (["# 2 * 3 and `x` and *y*"], "<p>2 * 3 and <code>x</code> and <em>y</em></p>\n"),
      (["#<script>alert(1)</script>"], "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
      (["", "", "# a `b"], "<p>a `b</p>\n"), ([], ""), ([""], ""),
    ] as [([String], String)])
  func `comments become prose, and nothing in them is HTML`(comments: [String], html: String) {
    #expect(Narration(comments).html == html)
  }

  @Test func `as Markdown it is what was written, without marks of comments`() {
    #expect(Narration(["", "# # Head", "#", "# a *b*", ""]).markdown == "# Head\n\na *b*\n")
    #expect(Narration(["", ""]).markdown == "")
  }
}
