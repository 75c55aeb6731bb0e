#pragma once
#include "tests/support/not_tried.h"
#include "tests/support/platform/platform_process.h"

/// For the beginning of a test that cannot do without the object store: without one it is skipped loudly, and fails in
/// CI. `what` is what was then not tried.
#define NEED_STORE(what)                                                                                               \
    if (!sealwright::test::PlatformProcess::possible())                                                                \
    NOT_TRIED("no object store, NOT tried: " what " (SEALWRIGHT_S3_ENDPOINT is not set; ./dev test sets it)")
