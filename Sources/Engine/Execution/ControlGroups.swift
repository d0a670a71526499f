/// The control groups that this process is in, each from its own up to the highest that can be seen, of version 1 and
/// 2.
///
/// Every group on the way has limits of its own, so the least of them counts; after Linux `cgroups(7)`.
struct ControlGroups {
  /// One group's folder.
  private struct Group {
    let folder: String
    let version: Int
  }

  /// Where a hierarchy is mounted.
  private struct Mount {
    /// The group that stands at the point.
    let root: String
    let point: String
    let type: String
    let options: [Substring]
  }

  /// What stands before the paths of files: nothing, or a folder in tests.
  private let prefix: String
  private let mounts: [Mount]

  /// Where this process found them at its first question: it may come into another group, but what is mounted stays.
  private static let mounts = mounts(prefix: "")

  init(prefix: String = "") {
    self.prefix = prefix
    mounts = prefix.isEmpty ? ControlGroups.mounts : ControlGroups.mounts(prefix: prefix)
  }

  /// Processors' worth of time that the groups allow together, rounded up; nil without a quota.
  var processors: Int? {
    groups("cpu").compactMap { group -> Int? in
      let (quota, period): (Int?, Int?)
      if group.version == 2 {
        let numbers = SystemFile(group.folder + "/cpu.max")?.numbers ?? []
        (quota, period) = (numbers.first ?? nil, numbers.dropFirst().first ?? nil)
      } else {
        quota = SystemFile(group.folder + "/cpu.cfs_quota_us")?.number
        period = SystemFile(group.folder + "/cpu.cfs_period_us")?.number
      }
      guard let quota, let period, quota > 0, period > 0 else { return nil }
      return max(1, quota / period + (quota % period > 0 ? 1 : 0))
    }.min()
  }

  /// Bytes that may still be had; nil without a limit.
  var memory: Int? {
    groups("memory").compactMap { group in
      group.version == 2
        ? rest(group, ["memory.max", "memory.high"], used: "memory.current", cache: ["inactive_file", "active_file"])
        : rest(
          group, ["memory.limit_in_bytes"], used: "memory.usage_in_bytes",
          cache: ["total_inactive_file", "total_active_file"])
    }.min()
  }

  /// The page cache counts as used there, but goes when memory is wanted.
  private func rest(_ group: Group, _ limits: [String], used: String, cache: [String]) -> Int? {
    let limit = limits.compactMap { SystemFile("\(group.folder)/\($0)")?.number }.min()
    // Version 1 writes no limit as all the pages that fit into a number.
    guard let limit, limit < .max / 2, let used = SystemFile("\(group.folder)/\(used)")?.number else { return nil }
    let statistics = SystemFile(group.folder + "/memory.stat")
    let cached = cache.compactMap { statistics?.number($0) }.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    return max(0, limit.subtractingReportingOverflow(max(0, used - max(0, cached))).partialValue)
  }

  /// The groups that rule over a controller, this process's own first.
  private func groups(_ controller: String) -> [Group] {
    guard let file = SystemFile(prefix + "/proc/self/cgroup") else { return [] }
    return file.lines.flatMap { line -> [Group] in
      let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let version = parts[1].isEmpty ? 2 : 1
      let isRuled = parts[1].split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual(controller.utf8) }
      guard version == 2 || isRuled else { return [] }
      let mount = mounts.first {
        version == 2 ? $0.type == "cgroup2" : $0.type == "cgroup" && $0.options.contains { $0 == controller }
      }
      let path = String(decoding: parts[2], as: UTF8.self)
      return mount.map { folders($0, path).map { Group(folder: $0, version: version) } } ?? []
    }
  }

  /// The folders from a group up to where its hierarchy is mounted.
  private func folders(_ mount: Mount, _ path: String) -> [String] {
    let (names, top) = (path.split(separator: "/"), mount.root.split(separator: "/"))
    // A container sees its own group at the top, under whatever path others know it by.
    let below = names.starts(with: top) && !names.contains("..") ? names.dropFirst(top.count) : []
    return (0...below.count).reversed().map { depth in
      ([prefix + mount.point] + below.prefix(depth).map(String.init)).joined(separator: "/")
    }
  }

  private static func mounts(prefix: String) -> [Mount] {
    SystemFile(prefix + "/proc/self/mountinfo")?.lines.compactMap(mount) ?? []
  }

  /// Where a hierarchy of control groups is mounted; nil for every other mount.
  ///
  /// Reads `36 35 0:31 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate`.
  private static func mount(_ line: SystemFile.Bytes) -> Mount? {
    let words = SystemFile.words(line)
    guard words.count > 5, let end = words.firstIndex(of: "-"), end >= 5, words.count > end + 3,
      words[end + 1].utf8.starts(with: "cgroup".utf8)
    else { return nil }
    return Mount(
      root: words[3], point: words[4], type: words[end + 1], options: words[end + 3].split(separator: ","))
  }
}
