import Foundation
import Testing

@testable import Engine

@Suite struct ControlGroupsTests {
  /// A folder that stands where the kernel's files would.
  final class Root {
    let path: String

    init(_ files: [String: String]) throws {
      path = NSTemporaryDirectory() + "sumi-groups-\(UUID().uuidString)"
      for (name, text) in files {
        let file = URL(fileURLWithPath: path + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  static let second =
    "25 1 0:22 / /proc rw - proc proc rw\n36 35 0:31 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw\n"

  @Test func `version 2 counts the minimum of the limits along the whole path`() throws {
    let root = try Root([
      "/proc/self/mountinfo": Self.second, "/proc/self/cgroup": "0::/work.slice/job\n",
      "/sys/fs/cgroup/cpu.max": "max 100000\n", "/sys/fs/cgroup/work.slice/cpu.max": "150000 100000\n",
      "/sys/fs/cgroup/work.slice/job/cpu.max": "400000 100000\n",
      "/sys/fs/cgroup/work.slice/memory.max": "1000000\n", "/sys/fs/cgroup/work.slice/memory.current": "700000\n",
      "/sys/fs/cgroup/work.slice/memory.stat": "anon 1\nfile 9\ninactive_file 200000\nactive_file 100000\n",
      "/sys/fs/cgroup/work.slice/job/memory.max": "max\n", "/sys/fs/cgroup/work.slice/job/memory.current": "5\n",
    ])
    let groups = ControlGroups(prefix: root.path)
    // One and a half processors are worth two threads; the page cache is not used up.
    #expect(groups.processors == 2)
    #expect(groups.memory == 600_000)
  }

  @Test func `memory.high is a limit too, and what is used up leaves nothing`() throws {
    let root = try Root([
      "/proc/self/mountinfo": Self.second, "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "9000\n",
      "/sys/fs/cgroup/memory.high": "5000\n", "/sys/fs/cgroup/memory.current": "6000\n",
    ])
    #expect(ControlGroups(prefix: root.path).memory == 0)
  }

  @Test func `version 1 has a hierarchy for each controller`() throws {
    let root = try Root([
      "/proc/self/mountinfo": """
      40 30 0:33 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
      41 30 0:34 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory

      """,
      "/proc/self/cgroup": "5:cpu,cpuacct:/job\n4:memory:/job/a\n0::/unused\n",
      "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "300000\n",
      "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "/sys/fs/cgroup/memory/memory.usage_in_bytes": "123456\n",
      "/sys/fs/cgroup/memory/job/memory.limit_in_bytes": "50000\n",
      "/sys/fs/cgroup/memory/job/memory.usage_in_bytes": "30000\n",
      "/sys/fs/cgroup/memory/job/memory.stat": "cache 9\ntotal_inactive_file 10000\ntotal_active_file 5000\n",
    ])
    let groups = ControlGroups(prefix: root.path)
    #expect(groups.processors == 3)
    #expect(groups.memory == 35_000)
  }

  @Test func `the number that version 1 writes for no limit is none`() throws {
    let root = try Root([
      "/proc/self/mountinfo": "41 30 0:34 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n",
      "/proc/self/cgroup": "4:memory:/\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "/sys/fs/cgroup/memory/memory.usage_in_bytes": "123456\n",
    ])
    #expect(ControlGroups(prefix: root.path).memory == nil)
  }

  @Test func `a container whose group is mounted at the top is found there`() throws {
    let root = try Root([
      "/proc/self/mountinfo": "41 30 0:34 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
      "/proc/self/cgroup": "4:memory:/docker/abc/inner\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "100\n", "/sys/fs/cgroup/memory/memory.usage_in_bytes": "40\n",
    ])
    #expect(ControlGroups(prefix: root.path).memory == 60)
  }

  @Test(arguments: ["", "nonsense\n", "0::\n", "1:2\n", "0::/../..\n"])
  func `files that say nothing limit nothing`(text: String) throws {
    let root = try Root(["/proc/self/mountinfo": Self.second, "/proc/self/cgroup": text])
    let groups = ControlGroups(prefix: root.path)
    #expect(groups.processors == nil)
    #expect(groups.memory == nil)
  }
}
