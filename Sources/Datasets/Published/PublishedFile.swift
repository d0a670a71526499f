import Engine
import Glibc
import Grammar
import Synchronization

/// An IDX file that others publish, with the hash that tells whether it is theirs.
struct PublishedFile: Sendable {
  let name: String
  /// How many extents it has: 1 for labels, 3 for images.
  let rank: Int
  /// SHA-256 of its uncompressed bytes, in hexadecimal; nil where nobody published one that we are sure of.
  let digest: String?

  init(_ name: String, rank: Int, _ digest: String?) {
    self.name = name
    self.rank = rank
    self.digest = digest
  }

  /// Where it is in a folder, plain before gzip; some programs put a dot before `idx` when they unpack it.
  func path(in folder: String) -> String? {
    let dotted = name.replacing("-idx", with: ".idx")
    return [name, "\(name).gz", dotted, "\(dotted).gz"].map { "\(folder)/\($0)" }.first { access($0, F_OK) == 0 }
  }

  /// The file as it was read, with what its hash should be.
  struct Copy: Sendable {
    let idx: IDX
    fileprivate let digest: String?
    /// What it was in the cache, or shall be there.
    fileprivate let key: CacheKey?
    fileprivate let isCached: Bool

    /// - Throws: `Refusal` when it is not the published file.
    func check() throws(Refusal) {
      if let digest, idx.digest != digest { throw .notThePublished(idx, digest) }
    }

    /// Puts it into the cache, once it is known to be the published file.
    func keep(in cache: Cache?) {
      if !isCached, let key { cache?.keep(idx, key) }
    }
  }

  /// Reads files of a folder: from the cache what is there, the rest on all threads.
  /// - Throws: `Refusal` of the first that is missing or no sound IDX file.
  static func read(
    _ files: [PublishedFile], of set: String, in folder: String, _ cache: Cache?, _ threads: Threads
  ) throws(Refusal) -> [Copy] {
    var copies: [Copy?] = []
    var paths: [String] = []
    for file in files {
      guard let path = file.path(in: folder) else {
        throw Refusal("\(folder) has no \(file.name) and no \(file.name).gz", hint: "load digits")
      }
      paths.append(path)
      copies.append(file.cached(path, set, cache, threads))
    }
    let (missing, all) = (copies.indices.filter { copies[$0] == nil }, paths)
    let results = Mutex<[Int: Result<Copy, Refusal>]>([:])
    threads.run(missing.count) { piece in
      let index = missing[piece]
      let result = Result { () throws(Refusal) in try files[index].open(all[index], set) }
      results.withLock { $0[index] = result }
    }
    for (index, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { copies[index] = try result.get() }
    return copies.compactMap { $0 }
  }

  /// What it belongs to in the cache; MNIST's names are those of many sets.
  private func key(_ path: String, _ set: String) -> CacheKey? {
    let nobody = String(repeating: "0", count: 64)
    return CacheKey(path, name: set == "mnist" ? name : "\(set)-\(name)", digest: digest ?? nobody)
  }

  private func cached(_ path: String, _ set: String, _ cache: Cache?, _ threads: Threads) -> Copy? {
    guard let cache, let key = key(path, set),
      let idx = cache.find(key, path: path, rank: rank, threads)
    else { return nil }
    return Copy(idx: idx, digest: digest, key: key, isCached: true)
  }

  private func open(_ path: String, _ set: String) throws(Refusal) -> Copy {
    let key = key(path, set)
    let idx = try IDX(path, rank: rank)
    // A file that changed while it was read is no one's.
    let isStill = self.key(path, set) == key
    return Copy(idx: idx, digest: digest, key: isStill ? key : nil, isCached: false)
  }
}

extension Refusal {
  fileprivate static func notThePublished(_ idx: IDX, _ digest: String) -> Refusal {
    Refusal("\(idx.path) is not the published file: its SHA-256 is \(idx.digest), expected \(digest)")
  }
}
