import TestSupport
import Testing

@testable import Datasets

@Suite("Which rows and columns of a table count")
struct CSVChoiceTests {
  @Test func `missing=mean is offered only where it is not refused`() throws {
    let table = try OwnTable()
    #expect(
      table.refusal("a,y\n,p\n2,\n3,q\n", "label=y")?.message
        == "FILE, line 3: y has no value, and it is what is to be learnt; missing=drop leaves such rows out")
    let images = "y,p1,p2,p3,p4\n" + (0..<10).map { "\($0 % 2),0,\($0 == 3 ? "" : "7"),128,255\n" }.joined()
    #expect(
      table.refusal(images, "label=y shape=2x2")?.message
        == "FILE, line 5: p2 has no value; missing=drop leaves such rows out")
    #expect(
      table.refusal(images, "label=y shape=2x2 missing=mean")?.message
        == "FILE, line 5: p2 has no value; images are bytes from 0 to 255")
  }
}
