import CCurl
import Files
import Glibc
import Grammar

/// Fetches what is missing of a published set into the person's cache, each file whole or not at all.
struct Download {
  /// What the set is called; its files are in a folder of this name in the cache and under `$SUMI_MIRROR`.
  let set: String
  let folder: String
  let environment: [String: String]
  let observer: LoadObserver
  var patience = Transfer.Patience()

  /// - Throws: `Refusal` when a file cannot be had from any of its addresses, with each reason.
  func fetch(_ files: [RemoteFile]) throws(Refusal) {
    if let failure = curl_load() {
      throw Refusal(
        "\(set) is not on this machine, and downloads need libcurl4 (apt-get install libcurl4): "
          + String(cString: failure), hint: "load digits")
    }
    let mirror = try Mirror(environment)
    do throws(FileError) { try Folders.make(folder) } catch { throw Refusal(error) }
    // Of two processes at once the second waits, and finds what the first has fetched.
    let lock: FileLock?
    do throws(FileError) {
      lock = try FileLock("\(folder)/.lock", isStopRequested: observer.isStopRequested)
    } catch { throw Refusal(error) }
    guard lock != nil else { throw .stopped }
    defer { withExtendedLifetime(lock) {} }
    let missing = files.filter { access("\(folder)/\($0.name)", F_OK) != 0 }
    guard !missing.isEmpty else { return }
    try checkRoom(missing)
    observer.tell(.begins(announcement(missing, of: files.count, mirror)))
    let started = observer.now()
    for file in missing { try fetch(file, mirror) }
    observer.tell(
      .ends("\(set): \(size(missing)) fetched in \(Download.duration(observer.now() - started)), kept in \(folder)"))
  }

  private func announcement(_ files: [RemoteFile], of count: Int, _ mirror: Mirror?) -> String {
    let hosts = files.compactMap { Download.host(addresses(of: $0, mirror).first ?? "") }
    let names = hosts.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let what = files.count < count ? "not all of \(set) is" : "\(set) is not"
    return
      "\(what) on this machine: fetching \(size(files)) from \(names.joined(separator: ", ")); Ctrl-C stops, "
      + "load \(set) goes on"
  }

  private func size(_ files: [RemoteFile]) -> String { Download.megabytes(files.reduce(0) { $0 + $1.bytes }) }

  /// Refuses what the disk has no room for, before anything is fetched.
  private func checkRoom(_ files: [RemoteFile]) throws(Refusal) {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return }
    let (room, isHuge) = Int(clamping: status.f_bavail).multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
    let need = files.reduce(0) { $0 + $1.bytes }
    if !isHuge, room < need {
      throw Refusal(
        "\(set) needs \(Download.megabytes(need)) in \(folder), and there are \(Download.megabytes(room)) free",
        hint: "load digits")
    }
  }

  private func addresses(of file: RemoteFile, _ mirror: Mirror?) -> [String] {
    (mirror.map { [$0.address(of: file.name, in: set)] } ?? []) + file.addresses
  }

  /// Asks one address after the other.
  private func fetch(_ file: RemoteFile, _ mirror: Mirror?) throws(Refusal) {
    let target = "\(folder)/\(file.name)"
    var reasons: [String] = []
    for address in addresses(of: file, mirror) {
      do throws(FetchFailure) { return try fetch(file, from: address, target) } catch {
        switch error {
        case .here(let reason):
          // The whole address was told already; a sentence that holds several stays readable with their hosts.
          reasons.append("\(Download.host(address) ?? address): \(reason)")
          observer.tell(.note("\(address): \(reason)"))
        case .everywhere(let refusal): throw refusal
        }
      }
    }
    throw Refusal("\(file.name) of \(set) cannot be fetched: \(reasons.joined(separator: "; "))", hint: "load digits")
  }

  /// Why a file could not be had.
  private enum FetchFailure: Error {
    /// Another address may have it.
    case here(String)
    /// Nothing will help.
    case everywhere(Refusal)
  }

  /// Three tries at one address; a try goes on where the one before broke off.
  private func fetch(_ file: RemoteFile, from address: String, _ target: String) throws(FetchFailure) {
    var reason = ""
    for attempt in 0...patience.pauses.count {
      if attempt > 0 { try pause(patience.pauses[attempt - 1]) }
      let (isResumed, end) = try attemptOnce(file, from: address, target)
      switch end {
      case .whole:
        guard let flaw = try accept(file, target, isResumed: isResumed) else { return }
        // What an earlier sitting left may have been the beginning of another file; it is gone now.
        guard isResumed else { throw .here(flaw) }
        reason = flaw
      case .broken(let why): reason = why
      case .refused(let why): throw .here(why)
      case .stopped: throw .everywhere(.stopped)
      case .unwritable(let code): throw .everywhere(Refusal(FileError(target, .unwritable, code: code)))
      }
    }
    throw .here("\(reason), \(patience.pauses.count + 1) times")
  }

  private func attemptOnce(
    _ file: RemoteFile, from address: String, _ target: String
  ) throws(FetchFailure) -> (isResumed: Bool, Transfer.End) {
    do throws(FileError) {
      let partial = try PartialFile(of: target)
      let (started, first) = (observer.now(), partial.size)
      let transfer = Transfer(address: address, limit: file.limit, patience: patience)
      let end = transfer.run(into: partial) { done, total in
        let progress = DownloadProgress(
          file: file.name, done: done, total: total > 0 ? total : nil, first: first, seconds: observer.now() - started)
        observer.tell(.downloads(progress))
        return observer.isStopRequested()
      }
      switch end {
      // A full disk wants its room back, and what is too long is another file; what an earlier sitting left stays where
      // nothing came to it.
      case .unwritable: partial.discard()
      case .refused: if partial.size == 0 || partial.size != first { partial.discard() }
      case .whole, .broken, .stopped: break
      }
      return (first > 0, end)
    } catch { throw .everywhere(Refusal(error)) }
  }

  /// Puts a whole file in its place if it is the right one; else what is wrong with it, and it is gone.
  private func accept(_ file: RemoteFile, _ target: String, isResumed: Bool) throws(FetchFailure) -> String? {
    do throws(FileError) {
      let partial = try PartialFile(of: target)
      do throws(Refusal) { try file.check(partial.path) } catch {
        let flaw = error.message.replacing("\(partial.path) ", with: "what came ")
        partial.discard()
        return flaw
      }
      try partial.finish()
      return nil
    } catch { throw .everywhere(Refusal(error)) }
  }

  /// Waits a while, unless somebody asks to stop.
  private func pause(_ seconds: Double) throws(FetchFailure) {
    for _ in stride(from: 0, to: seconds, by: 0.05) {
      if observer.isStopRequested() { throw .everywhere(.stopped) }
      usleep(50_000)
    }
  }
}

extension Download {
  /// `storage.googleapis.com` of an address.
  static func host(_ address: String) -> String? {
    let rest = address.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first
    return rest.map { String($0.split(separator: "@").last ?? $0) }
  }

  /// `11.6 MB`, with as many digits as tell something.
  static func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000) / 100_000
    if bytes < 1_000_000 { return "\(max(1, (bytes + 500) / 1000)) kB" }
    return tenths < 1000 ? "\(tenths / 10).\(tenths % 10) MB" : "\(tenths / 10) MB"
  }

  private static func duration(_ seconds: Double) -> String {
    let tenths = Int(exactly: (seconds * 10).rounded()) ?? 0
    return tenths < 600 ? "\(tenths / 10).\(tenths % 10) s" : "\(tenths / 600) min \(tenths / 10 % 60) s"
  }
}

extension Refusal {
  /// Somebody asked to stop before there was a result.
  public static let stopped = Refusal("stopped before the end; nothing has changed")
}
