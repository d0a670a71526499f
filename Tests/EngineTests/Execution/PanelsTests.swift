import Testing

@testable import Engine

@Suite struct PanelsTests {
  @Test(
    "rows come back from panels as they were", arguments: [(3, 1), (5, 127), (5, 128), (4, 257), (7, 512), (2, 1000)])
  func roundTrip(rows: Int, columns: Int) {
    let panels = Panels(rows: rows, columns: columns)
    let start = Buffer((0..<rows * columns).map { Float($0) })
    let (stored, back) = (Buffer(count: rows * columns), Buffer(count: rows * columns))
    panels.copy(stored.floats, rowByRow: start.floats, back: true)
    panels.copy(stored.floats, rowByRow: back.floats)
    #expect(back.values == start.values)
    #expect((columns < 128) == (stored.values == start.values))
    for row in [0, rows - 1] {
      for column in [0, columns / 2, columns - 1] {
        let block = panels.block(at: Place(row: row, column: column), rows: 1, columns: 1, of: stored.floats)
        #expect(block.base[0] == Float(row * columns + column))
      }
    }
  }

  @Test("a network gives and takes a wide kernel in Keras's layout")
  func network() throws {
    var scene = try Scene(["dense 300 relu", "dense 3 softmax"], shape: [20])
    let kernel = scene.network.tensors[0]
    let rows = (0..<kernel.count).map { Float($0) }
    scene.network[kernel] = rows
    #expect(scene.network[kernel] == rows)
    #expect(Array(scene.network.values[kernel.range]) != rows)
  }
}
