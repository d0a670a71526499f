import TestSupport
import Testing

@testable import Datasets

@Suite("Words for values that are not there")
struct CSVMissingTests {
  private func isMissing(_ text: String, amongNumbers: Bool) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { CSVMissing.isMissing($0, amongNumbers: amongNumbers) }
  }

  @Test(arguments: [
    "", " ", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
    "NULL", "NaN", "None", "n/a", "nan", "null", "?", " NA ", "\u{A0}",
  ])
  func `those of pandas stand for nothing in every column`(text: String) {
    #expect(isMissing(text, amongNumbers: false) && isMissing(text, amongNumbers: true))
  }

  @Test(arguments: ["-", "none", "Na", "na", "Null", "NONE", "Nan"])
  func `those that may be words stand for nothing among numbers alone`(text: String) {
    #expect(!isMissing(text, amongNumbers: false) && isMissing(text, amongNumbers: true))
  }

  @Test(arguments: ["+", "0", "nothing", "--", "N", "#", "<", "1.#INF"])
  func `other words are none of them`(text: String) {
    #expect(!isMissing(text, amongNumbers: false) && !isMissing(text, amongNumbers: true))
  }

  private static let blood = "rh,x,y\n+,1,p\n-,2,q\n+,3,p\n-,4,q\n-,5,q\n+,6,p\n"

  @Test func `a minus among words is a word, as a label and as an input`() throws {
    let table = try OwnTable()
    #expect(try table.load(CSVMissingTests.blood, "label=rh").classes == ["+", "-"])
    let dataset = try table.load(CSVMissingTests.blood, "label=y missing=mean")
    #expect(dataset.columns == ["rh=+", "rh=-", "x"] && dataset.notes.allSatisfy { !$0.contains("mean") })
  }

  @Test func `a minus among words is a word in another file that has no other`() throws {
    let table = try OwnTable()
    let dataset = try table.load(CSVMissingTests.blood, "label=y", test: "rh,x,y\n-,2,q\n")
    #expect(dataset.test.numbers(of: 0) == [0, 1, 2])
  }

  @Test func `a minus or none among numbers is no value`() throws {
    let text = "a,b,y\n" + (0..<10).map { "\($0 == 3 ? "-" : "\($0)"),\($0 == 4 ? "none" : "1"),\($0 % 2)\n" }.joined()
    let table = try OwnTable()
    #expect(table.refusal(text, "label=y")?.message.hasPrefix("FILE, line 5: a has no value") == true)
    #expect(
      try table.notes(text, "label=y missing=mean").contains(
        "missing values replaced by the training part's mean: a 1, b 1"))
  }
}
