import Glibc

/// Memory in the largest pages that every processor has, where the system gives them to those who ask: a page of 4 KB
/// for each thousand numbers has to be found, cleared and looked up again and again.
enum LargeMemory {
  private static let page = 2 << 20

  /// - Parameter alignment: of memory that is too small to be worth a large page, or for which there is no room.
  /// - Returns: what `free` takes back; nil when the memory cannot be had.
  static func allocate(bytes: Int, alignment: Int) -> UnsafeMutableRawPointer? {
    var start: UnsafeMutableRawPointer?
    let (whole, hasOverflown) = bytes.addingReportingOverflow(page - 1)
    let rounded = whole / page * page
    if bytes >= page / 2, !hasOverflown, posix_memalign(&start, page, rounded) == 0 {
      // Only a wish: small pages do as well.
      madvise(start, rounded, MADV_HUGEPAGE)
      return start
    }
    // What was measured before is enough for this, if not for what the larger pages take besides.
    return posix_memalign(&start, alignment, bytes) == 0 ? start : nil
  }
}
