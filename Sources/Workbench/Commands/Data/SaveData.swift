import Datasets
import Grammar
import Pictures

/// Writes what is loaded.
struct SaveData: Command {
  let file: String
  let isForced: Bool

  static let form = Form<SaveData>(
    "save data", "Writes what is loaded, as NumPy arrays under Keras's names or as a table.",
    Parameter(
      "file", .file(of: "data", endings: ["npz", "csv"], command: "save data").from(.files), "ending in .npz or .csv"),
    Parameter<Bool>.force, examples: ["save data mine.npz", "save data mine.csv"],
    make: { SaveData(file: $0, isForced: $1) }, settings: { ($0.file, $0.isForced) })

  var written: [String] { [file] }

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    let isTable = FileEnding.of(file) == "csv"
    let saved = SavedData(dataset, file: file, isTable: isTable)
    let bytes = isTable ? try CSVWriter.bytes(dataset) : try NPZWriter.bytes(dataset)
    let path = try host.save(file, isForced: isForced, command: "save data", bytes)
    let (train, test) = (dataset.train.count, dataset.test.count)
    let reading =
      isTable
      ? "the first \(grouped(train)) rows are the training examples, which a table does not keep: \(saved.line) puts "
        + "others aside to test with; .npz keeps the parts"
      : "\(saved.line) reads them"
    return Remark(
      "\(grouped(train)) training and \(grouped(test)) test examples in \(volatile: path)",
      [("file", .text(path)), ("train", .integer(train)), ("test", .integer(test)), ("bytes", .integer(bytes.count))],
      notes: [Line(reading)] + saved.losses.map { Line($0) })
  }
}
