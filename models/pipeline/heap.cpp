#include "models/pipeline/heap.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace sealwright::pipeline {

void giveLongBuffersBack() {
#ifdef __GLIBC__
    // What a pass uses again and again is kept by its ring, whose buffers this does not cost anything.
    static const bool once = mallopt(M_MMAP_THRESHOLD, 1 << 20) == 1 && mallopt(M_TRIM_THRESHOLD, 4 << 20) == 1;
    static_cast<void>(once);
#endif
}

} // namespace sealwright::pipeline
