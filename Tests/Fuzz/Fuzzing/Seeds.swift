import CZlib
import Datasets
import Engine
import Files
import Glibc
import Grammar
import Interchange
import Pictures
import Workbench

/// Small files of every kind that is read, sound and damaged: what fuzzed sessions find and fuzzed bytes begin from.
public enum Seeds {
  public struct File: Sendable {
    let name: String
    let bytes: [UInt8]
  }

  static let png = (try? Page([Paragraph("7")]).file(.png, theme: .light)) ?? []
  static let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(1...12)
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]
  static let script = """
    #!/usr/bin/env sumi
    seed 1   # one
    load digits train=16 test=8
    add dense 10 "leaky_relu negative_slope=0.1"
    add activation softmax
    compile sgd \\
      lr=0.1 metrics=accuracy,f1
    fit 1 8 until="accuracy>=2"
    evaluate > o.csv

    """

  /// [1, 2, 300, 70000, -5], [] and [1, 2, 3], as NumPy 1 pickles them.
  static let pickle = decoded(
    "gANjbnVtcHkuY29yZS5tdWx0aWFycmF5Cl9yZWNvbnN0cnVjdApxAGNudW1weQpuZGFycmF5CnEBSwCFcQJDAWJxA4dxBFJxBShLAUsDhXEG"
      + "Y251bXB5CmR0eXBlCnEHWAIAAABPOHEIiYiHcQlScQooSwNYAQAAAHxxC05OTkr/////Sv////9LP3RxDGKJXXENKF1xDihLAUsCTSwBSnAR"
      + "AQBK+////2VdcQ9dcRAoSwFLAksDZWV0cRFiLg==")

  /// Arrays of several kinds and orders.
  static let arrays: [[UInt8]] = [
    array("<f4", "2, 3", isFortran: true, bytes: 24), array("|u1", "2, 3", bytes: 6),
    array(">i2", "2, 3", isFortran: true, bytes: 12), array("<f2", "2, 3", bytes: 12), array("|O", "2,", bytes: 24),
  ]

  /// Examples, and behind them what each is: numbers of classes, rows with one 1, values.
  static let pairs: [[UInt8]] = [("|u1", "4,", 4), ("|u1", "4, 1", 4), ("|b1", "4, 3", 12), ("<f4", "4, 2", 32)].map {
    array("|u1", "4, 3", bytes: 12) + array($0, $1, bytes: $2, step: $0 == "|b1" ? 0 : 1)
  }

  static let arrayStart = [0x93] + Array("NUMPY".utf8)

  private static func array(_ type: String, _ shape: String, isFortran: Bool = false, bytes: Int, step: Int = 7)
    -> [UInt8]
  {
    let header = "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': (\(shape)), }\n"
    return arrayStart + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + (0..<bytes).map { UInt8($0 * step) }
  }

  /// A data set as `save data` writes it.
  static let npz: [UInt8] = session.dataset.flatMap { try? NPZWriter.bytes($0.first(train: 3, test: 2)) } ?? []

  static let tables =
    [
      "a,b,y\n1,\"x \"\"y\"\"\",p\n2.5e3,,q\n", "a;b\r\n1,5;NA\r\n-2;\"3\n4\"\r\n", "1\t2\n3\t4\n",
    ].map { Array($0.utf8) } + [gzip(Array("a,b\n1,2\n".utf8))]

  static let words = Array("{\"the\": 1, \"d\\u00e9j\\u00e0\": 52006, \"\\\"\": 3}".utf8)

  /// Two files, 5 and 0 bytes long.
  static let tar: [UInt8] =
    [("a1", 5), ("b", 0)].flatMap { name, size in
      var head = [UInt8](repeating: 0, count: 512)
      for (place, text) in [(0, name), (124, "0000000000\(size)"), (148, "        ")] {
        for (offset, byte) in text.utf8.enumerated() { head[place + offset] = byte }
      }
      let sum = String(head.reduce(0) { $0 + Int($1) }, radix: 8)
      for (offset, byte) in (String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8.enumerated() {
        head[148 + offset] = byte
      }
      return head + [UInt8](repeating: 7, count: size > 0 ? 512 : 0)
    } + [UInt8](repeating: 0, count: 1024)

  /// 5×4 pixels: greys, colours with alpha, and 16 bits.
  static let pngs: [[UInt8]] = [png(0, 8, 1), png(6, 8, 4), png(2, 16, 6), png(3, 8, 1), png(0, 1, 1)]

  private static func png(_ kind: UInt8, _ bits: UInt8, _ width: Int) -> [UInt8] {
    var rows: [UInt8] = []
    for row in 0..<4 { rows += [UInt8(row)] + (0..<5 * width).map { UInt8($0 * 50 % 256) } }
    var packed = [UInt8](repeating: 0, count: 4096)
    var count = uLongf(packed.count)
    compress(&packed, &count, rows, uLong(rows.count))
    let head: [UInt8] = [0, 0, 0, 5, 0, 0, 0, 4, bits, kind, 0, 0, 0]
    let palette = kind == 3 ? chunk("PLTE", (0..<60).map { UInt8($0 * 4) }) : []
    let magic: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let pixels = chunk("IDAT", Array(packed.prefix(Int(count))))
    return magic + chunk("IHDR", head) + palette + pixels + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + bytes
    return word(bytes.count) + body + word(Int(crc32_z(0, body, body.count)))
  }

  private static func word(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { Array($0) }
  }

  /// A PNG with the check sums that its chunks ask for, so that what is in them is read.
  static func summed(_ png: [UInt8]) -> [UInt8] {
    var (bytes, place) = (png, 8)
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard place + 12 + length <= bytes.count else { return bytes }
      let body = Array(bytes[place + 4..<place + 8 + length])
      bytes.replaceSubrange(place + 8 + length..<place + 12 + length, with: word(Int(crc32_z(0, body, body.count))))
      place += 12 + length
    }
    return bytes
  }

  /// 24×32 white pixels with a black bar.
  static let jpeg = decoded(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8t"
      + "MC0oMCUoKSj/wAALCAAgABgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQR"
      + "BRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4"
      + "eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEB"
      + "AAA/APqmvKv+Fu/8X1/4Vx/Yn/cR+1/9Ovn/AOq2f8B+97+1eq0V8q/831f5/wCgZX1VRXyr/wA31f5/6BlfVVFeVf8ACov+L6/8LH/tv/uH"
      + "fZP+nXyP9bv/AOBfd9vevVa//9k=")

  /// A network of one layer with its weights, which `1.dense.kernel` and `1.dense.bias` are.
  static let session: Session = {
    var runner = Runner(session: Session(seed: Seed(1, isDrawn: false)), host: Bench.host())
    for line in ["load digits train=16 test=8", "add dense 10 softmax"] { _ = runner.run(line) }
    return runner.session
  }()

  static let weights: [UInt8] = session.network.map { Safetensors.encode($0) } ?? []

  /// The same as PyTorch lays them, and as NumPy's arrays.
  static let torch: [UInt8] =
    session.network.flatMap { try? Safetensors.encode($0, layout: .torch, precision: .f32) } ?? []
  static let archive: [UInt8] = session.network.flatMap { try? WeightArchive.bytes($0) } ?? []

  /// Weights and models as Keras has them.
  static let hdf5: [[UInt8]] = [
    session.network.flatMap { try? KerasWeights($0).bytes(path: "bytes") } ?? [],
    model.flatMap { member("model.weights.h5", of: $0) } ?? [],
  ]
  static let hdf5Records: [[UInt8]] = hdf5.map { HDF5Records(reading: $0).bytes }
  static let keras: [[UInt8]] = model.map { [$0] } ?? []
  static let kerasConfigs: [[UInt8]] = model.flatMap { member("config.json", of: $0) }.map { [$0] } ?? []

  /// The weights that the descriptions are of.
  static let kerasWeights = try? HDF5File(hdf5[1], path: "bytes")

  private static let model: [UInt8]? = {
    guard var network = session.network, let layer = try? Layers.catalogue.value(of: "batchnorm") else { return nil }
    try? network.append(blank: layer)
    let trainer = try? Trainer(
      optimizer: RMSprop(momentum: 0.5), loss: MSE(), metrics: [Accuracy()],
      schedule: ExponentialDecay(length: .batches(9)), network: network, targets: .classes(10))
    return try? KerasModel.bytes(network, trainer, epoch: nil, path: "bytes").bytes
  }()

  private static func member(_ name: String, of archive: [UInt8]) -> [UInt8]? {
    Workplace.write(archive, to: "bytes")
    guard let archive = try? ZipArchive("bytes"), let member = archive[name] else { return nil }
    return try? archive.read(member)
  }

  /// Graphs of ONNX with every operator that is written.
  static let graphs: [[UInt8]] = [
    (["dense 4 elu", "batchnorm", "layernorm", "rescaling 2 1", "dense 2 softmax"], [6]),
    (
      ["zeropadding2d", "conv2d 3 3 silu", "maxpool2d", "avgpool2d 2 padding=same", "globalavgpool2d", "dense 2"], [9, 9]
    ),
    (["depthwise_conv2d 3", "reshape 98", "dense 2 gelu"], [9, 9, 2]),
    (["conv1d 2 3 padding=causal", "flatten", "dense 2"], [8, 2]),
  ].compactMap { lines, data in
    var network = Network(data: Shape(data))
    for line in lines {
      guard let layer = try? Layers.catalogue.value(of: line) else { return nil }
      try? network.append(blank: layer)
    }
    return try? ONNXModel.bytes(network, takesBytes: false, classes: ["a", "b"])
  }

  /// What sessions find in their folder.
  static var files: [File] {
    let huge = png.isEmpty ? [] : Array(png[..<16]) + [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF] + png[24...]
    let spoilt = weights.dropLast(8) + [0, 0, 0xC0, 0x7F, 0, 0, 0x80, 0x7F]
    let nested = "run link.sumi\nrun good.sumi\n"
    let named: [(String, [UInt8])] = [
      ("good.safetensors", weights), ("cut.safetensors", Array(weights.prefix(200))),
      ("spoilt.safetensors", Array(spoilt)), ("empty.safetensors", []),
      ("page.safetensors", Array("<!DOCTYPE html><html>".utf8)),
      ("good.onnx", graphs.first ?? []), ("cut.onnx", Array((graphs.last ?? []).prefix(300))), ("good.npz", archive),
      ("good.weights.h5", hdf5[0]), ("cut.h5", Array(hdf5[1].prefix(3000))), ("good.keras", keras.first ?? []),
      ("cut.keras", Array((keras.first ?? []).prefix(4000))),
      ("good.png", png), ("cut.png", Array(png.prefix(png.count / 2))),
      ("huge.png", huge), ("text.png", Array("hello".utf8)),
      ("good.jpg", jpeg), ("cut.JPEG", Array(jpeg.prefix(300))),
      ("good.sumi", Array(script.utf8)), ("self.sumi", Array("run self.sumi\n".utf8)),
      ("bad.sumi", Array("seed 2\nadd dnse 5\n".utf8)), ("nested.sumi", Array(nested.utf8)),
      ("latin.sumi", Array("seed 1\n# ".utf8) + [0xE9, 0x0A]),
      ("late.sumi", Array("seed 3\nfit 1\nseed 4\n".utf8)),
    ]
    return named.map { File(name: $0, bytes: $1) }
  }

  /// The bytes as gzip has them.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let name = "packed-\(getpid()).gz"
    guard let file = gzopen(name, "wb") else { return [] }
    gzwrite(file, bytes, UInt32(bytes.count))
    gzclose(file)
    defer { unlink(name) }
    return (try? FileReader.read(name, limit: 1 << 20)) ?? []
  }

  private static func decoded(_ base64: String) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var (bytes, bits, count) = ([UInt8](), 0, 0)
    for digit in base64.utf8 {
      guard let value = digits.firstIndex(of: digit) else { break }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(bits >> count & 255))
      }
    }
    return bytes
  }
}
