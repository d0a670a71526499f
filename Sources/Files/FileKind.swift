import Glibc

/// What a file is by its first bytes, whatever its name says.
public enum FileKind: Equatable, Sendable, CaseIterable {
  case safetensors, hdf5, keras, npz, torch, zip, gzip, bzip2, xz, zstandard, pickle, npy, gguf, sqlite
  case png, jpeg, gif, webp, bmp, tiff, pdf, svg
  case html, xml, json, text

  /// So many bytes are enough to tell.
  public static let headLength = 512

  /// nil when the bytes are none of these, or too few to tell.
  public init?(_ bytes: some Collection<UInt8>) {
    let head = Array(bytes.prefix(FileKind.headLength))
    if FileKind.isSafetensors(head) {
      self = .safetensors
    } else if let known = FileKind.signatures.first(where: { head.starts(with: $0.bytes) }) {
      self = known.kind == .zip ? FileKind.archive(head) : known.kind
    } else if head.count >= 10, head.starts(with: Array("BM".utf8)), head[6..<10].allSatisfy({ $0 == 0 }) {
      self = .bmp
    } else if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) {
      self = .webp
    } else if let text = FileKind.text(head, isWhole: head.count == bytes.count) {
      self = FileKind.kind(of: text)
    } else {
      return nil
    }
  }

  /// A phrase for a message: `an HDF5 file (.h5)`.
  public var phrase: String {
    switch self {
    case .safetensors: "a safetensors file"
    case .hdf5: "an HDF5 file (.h5)"
    case .keras: "a Keras model (.keras, a zip archive)"
    case .npz: "NumPy arrays (.npz, a zip archive)"
    case .torch: "a PyTorch file (.pt, a zip archive)"
    case .zip: "a zip archive"
    case .gzip: "a gzip file"
    case .bzip2: "a bzip2 file"
    case .xz: "an xz file"
    case .zstandard: "a Zstandard file"
    case .pickle: "a Python pickle (.pkl, .pt)"
    case .npy: "a NumPy array (.npy)"
    case .gguf: "a GGUF file"
    case .sqlite: "an SQLite database"
    case .png: "a PNG picture"
    case .jpeg: "a JPEG picture"
    case .gif: "a GIF picture"
    case .webp: "a WebP picture"
    case .bmp: "a BMP picture"
    case .tiff: "a TIFF picture"
    case .pdf: "a PDF file"
    case .svg: "an SVG picture"
    case .html: "an HTML page"
    case .xml: "an XML file"
    case .json: "a JSON text"
    case .text: "a text"
    }
  }

  /// The beginnings that decide; from the formats' specifications and the list of file(1), version 5.46.
  private static let signatures: [(kind: FileKind, bytes: [UInt8])] = [
    (.hdf5, [0x89] + Array("HDF\r\n\u{1A}\n".utf8)), (.zip, Array("PK\u{3}\u{4}".utf8)),
    (.zip, Array("PK\u{5}\u{6}".utf8)),
    (.gzip, [0x1F, 0x8B]), (.bzip2, Array("BZh".utf8)), (.xz, [0xFD] + Array("7zXZ\0".utf8)),
    (.zstandard, [0x28, 0xB5, 0x2F, 0xFD]), (.pickle, [0x80, 2]), (.pickle, [0x80, 3]), (.pickle, [0x80, 4]),
    (.pickle, [0x80, 5]), (.npy, [0x93] + Array("NUMPY".utf8)), (.gguf, Array("GGUF".utf8)),
    (.sqlite, Array("SQLite format 3\0".utf8)), (.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)),
    (.jpeg, [0xFF, 0xD8, 0xFF]), (.gif, Array("GIF8".utf8)), (.tiff, Array("II*\0".utf8)),
    (.tiff, Array("MM\0*".utf8)), (.pdf, Array("%PDF-".utf8)),
  ]

  /// Eight bytes length of a header, little-endian, then JSON.
  private static func isSafetensors(_ head: [UInt8]) -> Bool {
    head.count > 8 && head[8] == UInt8(ascii: "{") && head[4..<8].allSatisfy { $0 == 0 } && head[..<4] != [0, 0, 0, 0]
  }

  /// An archive is told by the name of its first member.
  private static func archive(_ head: [UInt8]) -> FileKind {
    guard head.count > 30 else { return .zip }
    let length = Int(head[26]) | Int(head[27]) << 8
    let name = String(decoding: head[30...].prefix(length), as: UTF8.self)
    if name.hasSuffix(".npy") { return .npz }
    if ["metadata.json", "config.json", "model.weights.h5"].contains(name) { return .keras }
    return name.hasSuffix("/data.pkl") || name == "data.pkl" || name.hasSuffix("/.format_version") ? .torch : .zip
  }

  /// The head as text; nil when it holds what no text does.
  private static func text(_ head: [UInt8], isWhole: Bool) -> String? {
    guard head.count >= 8, head.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) || $0 == 0x1B })
    else { return nil }
    // A character may be cut in two at the end.
    for cut in 0...(isWhole ? 0 : 3) {
      if let text = String(validating: head.dropLast(cut), as: UTF8.self) { return text }
    }
    return nil
  }

  private static func kind(of text: String) -> FileKind {
    let text = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    let start = text.prefix(15).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head") { return .html }
    if start.hasPrefix("<svg") { return .svg }
    if start.hasPrefix("<?xml") || start.hasPrefix("<!doctype") { return text.contains("<svg") ? .svg : .xml }
    return text.hasPrefix("{\"") || text.hasPrefix("[{") ? .json : .text
  }
}

extension FileReader {
  /// The first bytes of a file, as many as tell its kind; none when it cannot be read.
  public static func kind(of path: String) -> FileKind? {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    // More of a pipe would be taken away from whoever reads it.
    guard fstat(file, &status) == 0, status.isFile else { return nil }
    var head = [UInt8](repeating: 0, count: FileKind.headLength + 1)
    let count = pread(file, &head, head.count, 0)
    return count > 0 ? FileKind(head[..<count]) : nil
  }
}
