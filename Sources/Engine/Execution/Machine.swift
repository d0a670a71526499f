import CKernels
import Glibc
import Grammar

/// What this machine has; sizes are held against it before anything is allocated.
public enum Machine {
  /// Bytes that can still be had: the least of free memory, what the control groups leave and the process's own limits,
  /// less what is kept back for everything that is too small to be asked for.
  public static var available: Int { max(0, (available(prefix: "") ?? .max) - reserve) }

  /// Small arrays, closures, pages beside large blocks, and results that are made while something runs.
  private static let reserve = 4 << 20

  /// Has all threads of this process allocate from one heap.
  ///
  /// The C library gives each thread that allocates a heap of its own, and reserves 128 MB of addresses for it. Under a
  /// limit of addresses that came between what was found available and what then took it. Nothing here allocates in
  /// many threads at once.
  public static func shareHeap() { kernel_share_heap() }

  /// - Parameter prefix: what stands before the paths of the kernel's files, a folder in tests.
  static func available(prefix: String) -> Int? {
    let free = SystemFile(prefix + "/proc/meminfo")?.number("MemAvailable:")
    let status = prefix + "/proc/self/status"
    return [
      kilobytes(free), ControlGroups(prefix: prefix).memory, rest(RLIMIT_AS, "VmSize:", in: status),
      rest(RLIMIT_DATA, "VmData:", in: status),
    ].compactMap { $0 }.min()
  }

  /// Processors that this process may use: those that it may run on, and no more than its control groups give time of.
  static func processors(prefix: String = "") -> Int {
    let allowed = affinity(prefix + "/proc/self/status") ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return max(1, min(allowed, ControlGroups(prefix: prefix).processors ?? .max))
  }

  /// Refuses a need that is larger than the memory there is.
  /// - Parameters:
  ///   - bytes: nil when it does not even fit into an `Int`.
  ///   - what: who needs it, to begin the message.
  /// - Throws: `Refusal` with both figures.
  public static func require(_ bytes: Int?, for what: String, hint: String) throws(Refusal) {
    let available = self.available
    guard let bytes, bytes <= available else {
      let need = bytes.map(text) ?? "more than \(text(.max))"
      throw Refusal("\(what) needs \(need) of memory, and there are \(text(available))", hint: hint)
    }
  }

  /// `1.5 GB`; powers of 1000.
  public static func text(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var (value, unit) = (Double(bytes), 0)
    while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    let tenths = (value * 10).rounded() / 10
    return unit == 0 || tenths >= 10 || tenths == tenths.rounded()
      ? "\(Int(value.rounded())) \(units[unit])" : "\(tenths) \(units[unit])"
  }

  private static func kilobytes(_ count: Int?) -> Int? { count.times(1024) }

  /// What a limit of the process leaves; nil when there is none.
  private static func rest(_ resource: __rlimit_resource, _ used: String, in status: String) -> Int? {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limits) == 0, limits.rlim_cur != ~0
    else { return nil }
    let used = kilobytes(SystemFile(status)?.number(used)) ?? 0
    return max(0, Int(clamping: limits.rlim_cur) - used)
  }

  /// Processors that the kernel may run this process on, as in `Cpus_allowed_list: 0-3,8`.
  private static func affinity(_ status: String) -> Int? {
    let list = SystemFile(status)?.line("Cpus_allowed_list:").flatMap { SystemFile.words($0).first }
    return list?.split(separator: ",").reduce(0) { count, range in
      let ends = range.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last else { return count }
      return count + max(0, last - first + 1)
    }
  }
}
