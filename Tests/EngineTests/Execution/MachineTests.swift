import Grammar
import Testing

@testable import Engine

@Suite struct MachineTests {
  @Test func `the minimum of free memory and what the control groups leave can be had`() throws {
    let root = try ControlGroupsTests.Root([
      "/proc/meminfo": "MemTotal:  64 kB\nMemAvailable:     20 kB\n", "/proc/self/cgroup": "0::/\n",
      "/proc/self/mountinfo": ControlGroupsTests.second, "/sys/fs/cgroup/memory.max": "90000\n",
      "/sys/fs/cgroup/memory.current": "75000\n",
    ])
    #expect(Machine.available(prefix: root.path) == 15_000)
    let free = try ControlGroupsTests.Root(["/proc/meminfo": "MemAvailable: 20 kB\n"])
    #expect(Machine.available(prefix: free.path) == 20 * 1024)
  }

  @Test(arguments: [("0-3,8", "max", 5), ("0-127", "250000", 3), ("7", "900000", 1), ("0-63", "1000", 1)])
  func `threads count the processors that this process may run on, and no more than it has time of`(
    list: String, quota: String, expected: Int
  ) throws {
    let root = try ControlGroupsTests.Root([
      "/proc/self/status": "Name:\tsumi\nCpus_allowed:\tff\nCpus_allowed_list:\t\(list)\n",
      "/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": ControlGroupsTests.second,
      "/sys/fs/cgroup/cpu.max": "\(quota) 100000\n",
    ])
    #expect(Machine.processors(prefix: root.path) == expected)
  }

  @Test func `a need that is too large is refused with both figures`() {
    let refusal = #expect(throws: Refusal.self) {
      try Machine.require(1 << 60, for: "this", hint: "remove")
    }
    #expect(refusal?.message.contains("this needs 1.2 EB of memory, and there are ") == true)
    #expect(throws: Refusal.self) { try Machine.require(nil, for: "this", hint: "remove") }
  }
}
