import Glibc
import Grammar

/// What this machine has; sizes are held against it before anything is allocated.
public enum Machine {
  /// Bytes that can still be had: the least of free memory, the control group's rest and the process's own limit.
  public static var available: Int {
    [meminfo, group, limit].compactMap { $0 }.min() ?? .max
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

  private static var meminfo: Int? {
    guard let text = read("/proc/meminfo") else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static var group: Int? {
    guard let most = number("/sys/fs/cgroup/memory.max"), let used = number("/sys/fs/cgroup/memory.current")
    else { return nil }
    return max(0, most - used)
  }

  private static var limit: Int? {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0, limits.rlim_cur != ~0 else { return nil }
    let pages = read("/proc/self/statm")?.split(separator: " ").first.flatMap { Int($0) } ?? 0
    return max(0, Int(clamping: limits.rlim_cur) - pages * Int(sysconf(Int32(_SC_PAGESIZE))))
  }

  private static func number(_ path: String) -> Int? {
    read(path).flatMap { Int($0.split(separator: "\n").first ?? "") }
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
