#pragma once
#include "tests/support/not_tried.h"

/// For the beginning of a test that cannot do without a private keyring; `there` says whether it has what it needs.
#define NEED_KEYRING(there)                                                                                            \
    if (!(there))                                                                                                      \
    NOT_TRIED("no private, unlocked keyring (tests/support/servers/keyring.sh makes one): the keychain was NOT tried")
