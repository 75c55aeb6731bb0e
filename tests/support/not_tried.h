#pragma once
#include <QTest>

/// Ends a test that lacks what it needs: skipped loudly, and a failure in CI. `why` says what is missing, and what was
/// then not tried.
#define NOT_TRIED(why)                                                                                                 \
    do {                                                                                                               \
        QVERIFY2(!qEnvironmentVariableIsSet("CI"), why);                                                               \
        QSKIP(why);                                                                                                    \
    } while (false)
