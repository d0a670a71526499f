import Engine
import Files
import Glibc
import Grammar

/// What the parts of EMNIST have in common: one archive of all parts, published at two addresses. Its hash is that of
/// TensorFlow Datasets (`url_checksums/emnist.txt`).
enum EMNIST {
  private static let archive = RemoteFile(
    "gzip.zip",
    at: [
      "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
      "http://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/gzip.zip",
    ], bytes: 561_753_746, kind: .zip,
    digest: "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e")

  /// - Parameter part: `letters`, `digits`.
  static func set(_ part: String, classes: [String], counts: [Int]) -> ImageSet {
    let name = "emnist-\(part)"
    let files = ImageSet.files({ "\(name)-\($0 == "train" ? "train" : "test")" })
    var set = ImageSet(
      name: name, title: "EMNIST", files: files, remote: [archive], classes: classes, torch: "EMNIST", counts: counts,
      isTransposed: true)
    set.unpack = { (archive, folder) throws(Refusal) in
      try unpack(files.map { "\($0.name).gz" }, from: archive, to: folder)
    }
    return set
  }

  /// Takes the four files of a part out of the archive, which is removed then: it is ten times as large.
  static func unpack(_ names: [String], from archive: String, to folder: String) throws(Refusal) {
    let zip = try ZipArchive(archive)
    for name in names {
      guard let member = zip.members.first(where: { $0.name == name || $0.name.hasSuffix("/\(name)") }) else {
        throw Refusal("\(archive) holds no \(name)")
      }
      let bytes = try zip.read(member)
      do throws(FileError) { try FileWriter.replace("\(folder)/\(name)", with: bytes) } catch { throw Refusal(error) }
    }
    unlink(archive)
  }
}
