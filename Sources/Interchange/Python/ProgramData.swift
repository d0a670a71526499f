import Engine

extension PythonFile {
  /// Loads the examples as `x_train`, `y_train`, `x_test` and `y_test`, in the numbers that a network gets.
  mutating func load(_ data: SessionProgram.Data) {
    self.import("import numpy as np")
    switch data.source {
    case .archive(let file):
      add("data = np.load(BESIDE / \(Python.quoted(file)))")
      for part in ["train", "test"] { add("x_\(part), y_\(part) = data[\"x_\(part)\"], data[\"y_\(part)\"]") }
      self.import("import pathlib")
      define(PythonFile.beside)
    case .keras(let name, let words):
      self.import("import keras")
      let choice = words.map { "num_words=\($0)" } ?? ""
      add("(x_train, y_train), (x_test, y_test) = keras.datasets.\(name).load_data(\(choice))")
      add("y_train, y_test = y_train.reshape(-1), y_test.reshape(-1)")
      for (part, count) in [("train", data.train), ("test", data.test)] {
        if let count { add("x_\(part), y_\(part) = x_\(part)[:\(count)], y_\(part)[:\(count)]") }
      }
      if let words {
        define(PythonFile.multiHot)
        add("x_train, x_test = multi_hot(x_train, \(words)), multi_hot(x_test, \(words))")
      }
    }
    if data.isBytes {
      add("x_train, x_test = x_train.astype(\"float32\") / 255, x_test.astype(\"float32\") / 255")
    }
  }

  /// The expression of some rows of a part, or of all.
  static func rows(_ ranges: [ClosedRange<Int>]?, isTest: Bool) -> String {
    let part = isTest ? "x_test" : "x_train"
    guard let ranges else { return part }
    let rows = ranges.map { range in
      range.count > 10
        ? "*range(\(range.lowerBound), \(range.upperBound + 1))" : range.map(String.init).joined(separator: ", ")
    }
    return "\(part)[[\(rows.joined(separator: ", "))]]"
  }

  /// Defines what reads the files of weights: arrays of NumPy's, or safetensors.
  mutating func readWeights() {
    for line in ["import json", "import numpy as np", "import pathlib"] { self.import(line) }
    define(PythonFile.beside)
    define(PythonFile.readArrays)
  }

  static let beside = "# Files are found beside this program.\nBESIDE = pathlib.Path(__file__).resolve().parent"

  private static let multiHot = """
    def multi_hot(texts, width):
        \"\"\"Which words each text has: 1 where a word is.\"\"\"
        rows = np.zeros((len(texts), width), "float32")
        for row, text in zip(rows, texts):
            row[text] = 1
        return rows
    """

  private static let readArrays = """
    def arrays(file):
        \"\"\"The arrays of an .npz or .safetensors file, by their names.\"\"\"
        if file.endswith(".npz"):
            return dict(np.load(BESIDE / file))
        data = (BESIDE / file).read_bytes()
        start = 8 + int.from_bytes(data[:8], "little")
        head = {name: entry for name, entry in json.loads(data[8:start]).items() if name != "__metadata__"}
        found = {}
        for name, entry in head.items():
            first, end = (start + offset for offset in entry["data_offsets"])
            found[name] = np.frombuffer(data[first:end], "<f4").reshape(entry["shape"])
        return found
    """
}
