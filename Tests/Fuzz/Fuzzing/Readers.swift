import Datasets
import Engine
import Grammar
import Images
import Interchange
import Pictures
import Workbench

/// What takes bytes from outside, with sound files to begin from; it has to return or refuse, whatever it is given.
public struct Reader: Sendable {
  public let name: String
  let seeds: @Sendable () -> [[UInt8]]
  public let read: @Sendable ([UInt8]) -> Void

  /// All of them; a new format is added here.
  public static let all = [
    Reader(name: "idx", seeds: { [Seeds.images, Seeds.labels] }, read: { idx($0) }),
    Reader(name: "gzip", seeds: { [Seeds.gzip(Seeds.images), Seeds.gzip(Seeds.labels)] }, read: { idx($0) }),
    Reader(name: "npy", seeds: { Seeds.arrays }, read: { npy($0) }),
    Reader(name: "npz", seeds: { [Seeds.npz] }, read: { npz($0) }),
    Reader(name: "arrays", seeds: { Seeds.pairs }, read: { arrays($0) }),
    Reader(name: "csv", seeds: { Seeds.tables }, read: { csv($0) }),
    Reader(
      name: "pickle", seeds: { [Seeds.pickle] },
      read: { for count in [0, 3] { _ = try? Pickle.lists($0, path: "bytes", count: count) } }),
    Reader(name: "words", seeds: { [Seeds.words] }, read: { words($0) }),
    Reader(name: "tar", seeds: { [Seeds.tar] }, read: { tar($0) }),
    Reader(name: "safetensors", seeds: { [Seeds.weights] }, read: { safetensors($0) }),
    Reader(name: "torch", seeds: { [Seeds.torch] }, read: { safetensors($0, layout: .torch) }),
    Reader(name: "weights-npz", seeds: { [Seeds.archive] }, read: { archive($0) }),
    Reader(name: "onnx", seeds: { Seeds.graphs }, read: { _ = try? ONNXReader($0, path: "bytes") }),
    Reader(name: "hdf5", seeds: { Seeds.hdf5 }, read: { _ = try? HDF5File($0, path: "bytes") }),
    Reader(name: "hdf5-records", seeds: { Seeds.hdf5Records }, read: { HDF5Records($0).take() }),
    Reader(name: "keras", seeds: { Seeds.keras }, read: { keras($0) }),
    Reader(name: "keras-config", seeds: { Seeds.kerasConfigs }, read: { keras(config: $0) }),
    Reader(name: "script", seeds: { [Array(Seeds.script.utf8)] }, read: { script($0) }),
    Reader(name: "commands", seeds: { [Array(Seeds.script.utf8)] }, read: { commands($0) }),
    Reader(name: "paste", seeds: { [Array("6> data\nx\n7> add dense 3\n> fit".utf8)] }, read: { paste($0) }),
    Reader(name: "line", seeds: { lines }, read: { line($0) }),
    Reader(name: "png", seeds: { Seeds.pngs + [Seeds.png] }, read: { photo($0) }),
    Reader(name: "png-summed", seeds: { Seeds.pngs }, read: { photo(Seeds.summed($0)) }),
    Reader(name: "jpeg", seeds: { [Seeds.jpeg] }, read: { photo($0) }),
  ]

  /// Those that run a library in this process, which it may end, without what the program confines it in: where they
  /// crash in the library itself, the program does not.
  public static let unconfined = [
    Reader(name: "hdf5-here", seeds: { Seeds.hdf5 }, read: { HDF5Records(reading: $0).take() })
  ]

  private static let lines = Commands.catalogue.forms.flatMap(\.examples).map { Array($0.utf8) }

  private static func idx(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes")
    for rank in [1, 3] { _ = try? IDX("bytes", rank: rank) }
  }

  private static func npy(_ bytes: [UInt8]) {
    guard let array = try? NPY(bytes, path: "bytes") else { return }
    _ = (array.floats(), array.integers(), array.firstLost())
  }

  private static func npz(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes")
    guard let archive = try? NPZ("bytes") else { return }
    for name in archive.names { _ = try? archive.array(name).floats() }
  }

  /// What `load` makes of two arrays that lie one behind the other; by which line, their size decides.
  private static func arrays(_ bytes: [UInt8]) {
    let second = bytes.indices.dropFirst().first { bytes[$0...].starts(with: Seeds.arrayStart) } ?? bytes.endIndex
    Workplace.write(Array(bytes[..<second]), to: "bytes.npy")
    Workplace.write(Array(bytes[second...]), to: "labels.npy")
    arrayLines[bytes.count % arrayLines.count].load()
  }

  private static let arrayLines = ["", " task=class", " task=value"].compactMap { words in
    LoadedFile(
      NPZFile.form, "bytes.npy labels=labels.npy\(words)", scale: words.isEmpty ? .standard : .minmax,
      test: words.isEmpty ? nil : .part(.count(1)))
  }

  /// What `load` makes of a table; by which line, its size decides.
  private static func csv(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes.csv")
    tableLines[bytes.count % tableLines.count].load()
  }

  private static let tableLines = [
    LoadedFile(CSVFile.form, "bytes.csv"),
    LoadedFile(CSVFile.form, "bytes.csv missing=mean task=value", scale: .standard, test: .part(.count(1))),
    LoadedFile(CSVFile.form, "bytes.csv missing=drop decimal=, label=1", scale: .minmax),
    LoadedFile(CSVFile.form, "bytes.csv missing=mean", scale: .standard, test: .file("bytes.csv")),
    LoadedFile(CSVFile.form, "bytes.csv missing=drop shape=1x2 task=class heading=no", test: .part(.share(0.5))),
  ].compactMap { $0 }

  private static func words(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes")
    _ = try? WordIndex("bytes")
  }

  private static func tar(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes")
    guard let archive = try? Tar("bytes") else { return }
    while let entry = try? archive.next(limit: 1 << 16, where: { $0.hasSuffix("1") }) { _ = entry }
  }

  private static func safetensors(_ bytes: [UInt8], layout: WeightLayout = .keras) {
    guard var network = Seeds.session.network else { return }
    try? Safetensors.decode(bytes, into: &network, layout: layout, path: "bytes")
  }

  private static func archive(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes")
    guard let network = Seeds.session.network else { return }
    _ = try? WeightArchive.read("bytes", into: network)
  }

  private static let purpose = KerasModel.Purpose(data: [28, 28], targets: .classes(10))

  private static func keras(_ bytes: [UInt8]) {
    Workplace.write(bytes, to: "bytes")
    _ = try? KerasModel(KerasArchive("bytes"), for: purpose)
  }

  private static func keras(config: [UInt8]) {
    guard let weights = Seeds.kerasWeights else { return }
    _ = try? KerasModel(config: config, weights: weights, for: purpose)
  }

  private static func script(_ bytes: [UInt8]) {
    guard let script = try? Script(name: "bytes", bytes: bytes) else { return }
    _ = script.validate(Bench.host())
  }

  private static func commands(_ bytes: [UInt8]) {
    _ = Script(name: "-c", commands: String(decoding: bytes, as: UTF8.self)).validate(Bench.host())
  }

  private static func paste(_ bytes: [UInt8]) { _ = Transcript(String(decoding: bytes, as: UTF8.self)) }

  private static func line(_ bytes: [UInt8]) {
    let line = String(decoding: bytes, as: UTF8.self)
    _ = (Continuation(line), HalfLine(line), try? Statement(line), Line(line).wrapped(to: 20))
    _ = Completion(of: line, in: Seeds.session)
  }

  private static func photo(_ bytes: [UInt8]) {
    guard let photo = try? Photo(bytes) else { return }
    _ = try? Preparation(photo, height: 28, width: 28)
  }
}

/// Damaged files of one format, by their seeds.
public struct FuzzedFile {
  private let reader: Reader
  private let seeds: [[UInt8]]

  public init(_ reader: Reader) {
    self.reader = reader
    seeds = reader.seeds().filter { !$0.isEmpty }
  }

  /// The bytes of a seed.
  public func bytes(_ seed: UInt64) -> [UInt8] {
    var mutation = ByteMutation(random: Random(seed: seed))
    guard !seeds.isEmpty else { return [] }
    return mutation.mutated(mutation.random.pick(seeds), with: mutation.random.pick(seeds))
  }

  public func run(_ seed: UInt64) { reader.read(bytes(seed)) }
}
