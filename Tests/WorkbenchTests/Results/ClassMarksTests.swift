import Testing

@testable import Workbench

@Suite("Marks of classes")
struct ClassMarksTests {
  @Test(arguments: [
    (["setosa", "versicolor", "virginica"], "svi"), (["0", "1"], "01"), (["class 1", "class 2", "class 10"], "120"),
    (["a", "a b", "aa"], "aba"), (["x"], "x"), ([" "], "a"), ([], ""),
  ] as [([String], String)]) func `no two classes have the same`(names: [String], marks: String) {
    let found = ClassMarks.of(names)
    #expect(Set(found).count == names.count && found.count == names.count)
    if Set(marks).count == marks.count { #expect(String(found) == marks) }
  }

  @Test func `of more classes than there are characters the last ones have a dot`() {
    let marks = ClassMarks.of((0..<100).map { "c\($0)" })
    #expect(Set(marks.prefix(62)).count == 62 && marks.last == "•")
  }
}
