#pragma once
// Counts allocations of one thread: malloc and its siblings are defined here, in front of the C library's.

/// Whether they can be counted; a sanitizer brings an allocator of its own.
int allocations_can_be_counted(void);

/// Begins to count those of this thread, or ends it. What OpenBLAS allocates inside its products does not count.
void allocations_count(int begins);

/// How many there were since then.
long allocations_counted(void);
