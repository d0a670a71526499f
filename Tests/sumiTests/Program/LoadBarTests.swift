import Datasets
import Testing

@testable import sumi

@Suite("The row of a load that goes on")
struct LoadBarTests {
  @Test func `a download tells its megabytes, rate and end`() {
    let progress = DownloadProgress(file: "a.npz", done: 3_000_000, total: 9_000_000, first: 1_000_000, seconds: 2)
    let bar = LoadBar(columns: 80, progress)
    #expect(bar.line == "a.npz ━━━━━━────────────── 3.0 of 9.0 MB  1.0 MB/s  ETA 6.00 s")
    #expect(LoadBar(columns: 20, progress).line == "a.npz 3.0 of 9.0 MB  1.0 MB/s  ETA 6.00 s")
    let endless = DownloadProgress(file: "a.npz", done: 3_000_000, total: nil, first: 0, seconds: 0)
    #expect(LoadBar(columns: 80, endless).line == "a.npz 3.0 MB")
  }

  @Test func `what is read tells its part and end`() {
    let progress = ReadProgress(name: "./pets", share: 0.25, seconds: 2)
    #expect(LoadBar(columns: 80, progress).line == "./pets ━━━━━─────────────── 25 %  ETA 6.00 s")
    let begun = ReadProgress(name: "a.csv", share: 0, seconds: 0)
    #expect(LoadBar(columns: 80, begun).line == "a.csv ──────────────────── 0 %")
  }
}
