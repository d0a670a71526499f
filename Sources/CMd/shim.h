// sys/types.h first: sha2.h uses its types without including it everywhere.
#include <sys/types.h>
#include <sha2.h>
