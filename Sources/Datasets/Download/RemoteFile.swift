import Files
import Grammar

/// A file that others publish: under which addresses, how large, and how it is told from something else.
public struct RemoteFile: Sendable {
  /// What it is called in the cache and under `$SUMI_MIRROR/SET/`.
  public let name: String
  /// The same file each, the first is asked first.
  let addresses: [String]
  /// Bytes to be fetched, roughly: mirrors compress differently.
  let bytes: Int
  /// SHA-256 of the file as it is fetched, in hexadecimal; nil where nobody published one that we are sure of.
  let digest: String?
  /// SHA-256 of what a gzip file holds, in hexadecimal: others compress the same bytes otherwise.
  let contents: String?
  /// What it is by its first bytes.
  let kind: FileKind

  public init(
    _ name: String, at addresses: [String], bytes: Int, kind: FileKind, digest: String? = nil, contents: String? = nil
  ) {
    (self.name, self.addresses, self.bytes, self.kind) = (name, addresses, bytes, kind)
    (self.digest, self.contents) = (digest, contents)
  }

  /// More bytes than these cannot be the file.
  var limit: Int { 2 * bytes + (1 << 20) }

  /// Finds out whether what came is the file: its kind, its hash, and the check sums inside.
  /// - Throws: `Refusal` that says what it is instead.
  func check(_ path: String) throws(Refusal) {
    let found = FileReader.kind(of: path)
    guard found == kind || (kind == .zip && found == .npz) else {
      throw Refusal("what came is \(found?.phrase ?? "no file of a known kind"), expected \(kind.phrase)")
    }
    if let digest {
      let got = try SHA256.digest(of: path)
      guard got == digest else { throw Refusal("what came has the SHA-256 \(got), expected \(digest)") }
    }
    guard kind == .gzip else { return }
    let got = try InflatedFile.digest(of: path)
    if let contents, got != contents {
      throw Refusal("what came holds bytes with the SHA-256 \(got), expected \(contents)")
    }
  }
}
