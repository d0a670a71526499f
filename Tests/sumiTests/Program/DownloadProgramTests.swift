import TestSupport
import Testing

/// Downloads of the built program, where only its surroundings can be at fault.
@Suite struct DownloadProgramTests {
  private let home: Home
  private let server: FileServer

  init() throws {
    home = try Home()
    server = try FileServer()
  }

  /// Nothing comes from the published addresses: for secure ones there is a proxy where nobody listens.
  private func load(_ environment: [String: String]) throws -> Binary {
    let proxies = ["http_proxy": "http://127.0.0.1:\(server.port)", "https_proxy": "http://127.0.0.1:1"]
    let mirror = ["SUMI_MIRROR": "http://data.invalid"]
    let all = [proxies, mirror, environment].reduce(home.environment) { $0.merging($1) { $1 } }
    return try Binary(["-c", "load mnist"], environment: all)
  }

  @Test func `proxies are asked, and hosts that need none are not`() throws {
    let run = try load([:])
    #expect(run.status == 1 && server.asked == ["http://data.invalid/mnist/train-images-idx3-ubyte.gz"])
    let error = "error: train-images-idx3-ubyte.gz of mnist cannot be fetched: data.invalid: the server answers 404; "
      + "storage.googleapis.com: Failed to connect to 127.0.0.1 port 1 "
    #expect(run.errors.contains(error), "\(run.errors)")
    let other = try load(["no_proxy": "data.invalid"])
    #expect(other.status == 1 && other.errors.contains("cannot be fetched: data.invalid: Could not resolve host"))
    #expect(server.asked.count == 1)
  }

  @Test func `a disk that gets full during a download is one line, and gets its room back`() throws {
    server.serve("mnist/train-images-idx3-ubyte.gz", .bytes([UInt8](repeating: 7, count: 300_000)))
    let mirror = ["SUMI_MIRROR": "http://127.0.0.1:\(server.port)"]
    let run = try Binary(
      ["-c", "ulimit -f 64; exec '\(Spawn.path)' -c 'load mnist'"], program: "/bin/bash",
      environment: home.environment.merging(mirror) { $1 })
    let lines = run.errors.split(separator: "\n")
    #expect(run.status == 1 && lines.count == 2, "\(run.errors)")
    #expect(lines.last?.hasSuffix("train-images-idx3-ubyte.gz cannot be written: File too large") == true)
    #expect(home.names(in: ".cache/sumi/mnist") == [".lock"])
  }
}
