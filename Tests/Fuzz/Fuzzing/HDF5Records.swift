import CHDF5
import Glibc
import Interchange

/// Records of an HDF5 file in the workplace, as the process that reads it would write them.
final class HDF5Records {
  private static let limit = 1 << 20

  private let file = open("records", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)

  /// Takes any bytes for records.
  init(_ bytes: [UInt8]) { _ = write(file, bytes, bytes.count) }

  /// What libhdf5 makes of a file in this process, which it may end.
  init(reading bytes: [UInt8]) {
    guard hdf5_load() == nil else { return }
    hdf5_read_here(file, bytes, bytes.count, HDF5Records.limit)
  }

  deinit { close(file) }

  var bytes: [UInt8] {
    let size = Int(max(0, lseek(file, 0, SEEK_END)))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, size, 0))
    }
  }

  /// Takes them as the program does.
  func take() {
    lseek(file, 0, SEEK_SET)
    _ = try? HDF5File(records: file, path: "bytes", limit: HDF5Records.limit)
  }
}
