import TestSupport
import Testing

@testable import Datasets

@Suite("What separates the fields of a table")
struct CSVSeparatorTests {
  @Test(arguments: [
    ("\"a\",\"b\",\"y\"\n1,2,p\n3,4,q\n5,6,p\n7,8,q,9\n", "FILE, line 5: 4 fields, expected 3 as in the first record"),
    ("\"a\";\"b\"\n1;2\n3;4;5\n", "FILE, line 3: 3 fields, expected 2 as in the first record"),
    ("\"a\"\t\"b\"\n1\n", "FILE, line 2: 1 field, expected 2 as in the first record"),
    (
      "a,b\n1,\"x\"y\n",
      "FILE, line 2: text follows a closing quote; a quote inside quotes is doubled, as in \"a \"\"b\"\"\""
    ),
  ])
  func `records of different lengths are told as such, whatever is in quotes`(text: String, says: String) throws {
    #expect(try OwnTable().refusal(text, "label=1")?.message == says)
  }
}
