import Files
import Glibc
import Grammar

/// A file that Keras 3.15 publishes with its hash, and where such files are looked for.
struct KerasFile {
  private static let base = "https://storage.googleapis.com/tensorflow/tf-keras-datasets"

  let set: String
  let title: String
  let remote: RemoteFile

  /// - Parameters:
  ///   - older: the folder of an older address of the same file; its hash tells whether it is the same.
  ///   - digest: SHA-256 as Keras 3.15 has it.
  init(
    _ set: String, title: String, _ name: String, bytes: Int, kind: FileKind = .npz, older: String? = nil,
    digest: String? = nil
  ) {
    self.set = set
    self.title = title
    let addresses = ["\(KerasFile.base)/\(name)"] + [older.map { "\($0)/\(name)" }].compactMap { $0 }
    remote = RemoteFile(name, at: addresses, bytes: bytes, kind: kind, digest: digest)
  }

  /// Where it is: in the person's own folder, in the cache, or in Keras's; nil when it is nowhere.
  func found(_ environment: [String: String]) -> String? {
    (LoadContext.folders(for: set, environment) + [LoadContext.keras(environment)].compactMap { $0 })
      .map { "\($0)/\(remote.name)" }.first { access($0, F_OK) == 0 }
  }

  func isFound(in environment: [String: String]) -> Bool {
    found(environment) != nil || (Folders(environment: environment).cache != nil && !LoadContext.isOffline(environment))
  }

  /// Its path; it is fetched when it is nowhere, and what goes with it at the same time.
  func path(_ context: LoadContext, with others: [KerasFile] = []) throws(Refusal) -> String {
    if let path = found(context.environment) { return path }
    let folder = try context.fetch([remote] + others.map(\.remote), of: set, title: title, sought: remote.name)
    return "\(folder)/\(remote.name)"
  }

  /// A file of a person's own may be another than the published one; that is told, not refused.
  func note(_ path: String) throws(Refusal) -> [String] {
    guard let digest = remote.digest, try SHA256.digest(of: path) != digest else { return [] }
    return ["\(path) is not the file that Keras publishes: its SHA-256 is another"]
  }
}
