import Glibc

/// Memory for pictures, asked for before it is taken: arrays and GLib do not ask, they end the program.
enum Room {
  /// - Throws: `Undrawable` when the system does not give so many bytes.
  static func require(_ bytes: Int) throws(Undrawable) {
    guard !isThere(bytes) else { return }
    throw Undrawable(message: "there is no memory for the pixels of this picture; show fewer, or write .svg or .pdf")
  }

  /// Whether the system gives so many bytes now.
  static func isThere(_ bytes: Int) -> Bool {
    let access = (PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS)
    guard let start = mmap(nil, max(1, bytes), access.0, access.1, -1, 0), start != MAP_FAILED else { return false }
    munmap(start, max(1, bytes))
    return true
  }
}
