import Engine
import Pictures

/// Epochs as a table, a row each.
enum EpochTable {
  static func table(_ epochs: some Collection<Epoch>) -> Table {
    var names: [String] = []
    for figure in epochs.flatMap(\.figures) where !names.contains(figure.name) { names.append(figure.name) }
    let columns = [Table.Column("epoch")] + names.map { .init($0) } + [.init("learning rate"), .init("seconds")]
    return Table(
      columns,
      rows: epochs.map { epoch in
        let figures = names.map { name in epoch.figures.first { $0.name == name }.map { figureText($0.value) } ?? "" }
        return [Line("\(epoch.number)")] + figures.map { Line($0) }
          + [Line("\(Float(epoch.learningRate))"), Line(fixed(epoch.seconds, 2), isVolatile: true)]
      },
      values: epochs.map { epoch in
        let figures = names.map { name in epoch.figures.first { $0.name == name }.map { "\($0.value)" } ?? "" }
        return ["\(epoch.number)"] + figures + ["\(epoch.learningRate)", fixed(epoch.seconds, 6)]
      })
  }
}
