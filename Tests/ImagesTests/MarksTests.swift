import Testing

@testable import Images

@Suite struct MarksTests {
  private static func drawings(_ rows: [String]) -> Int {
    let values = rows.joined().map { $0 == "#" ? 1.0 : 0 }
    return Marks(Plane(width: rows[0].count, height: rows.count, values: values)).drawings
  }

  @Test(arguments: [
    (["#####", "#....", "###..", "...#.", "###.."], 1), ([".###.", ".....", "##...", "..##.", "..##.", "###.."], 1),
    (["#...#", "#...#", "#...#"], 2), (["#..##", "#..##", "#..#.", "#....", "#..##"], 2),
    (["###", "###", "...", "###", "###"], 2), (["#.#.#", "#.#.#", "#.#.#"], 3), ([".", "."], 0), (["#"], 1),
    (["#...", ".#..", "..#.", "...#"], 1),
  ])
  func `drawings that stand apart are counted, the bar of a five is not`(rows: [String], count: Int) {
    #expect(MarksTests.drawings(rows) == count)
  }

  @Test func `dust is taken off`() {
    var plane = Plane(width: 40, height: 40, values: [Double](repeating: 0, count: 1600))
    for y in 5..<35 { for x in 10..<20 { plane.values[y * 40 + x] = 1 } }
    let clean = plane
    plane.values[39] = 1
    #expect(plane != clean && plane.withoutDust(0.02) == clean)
  }
}
