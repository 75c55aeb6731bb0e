#pragma once

namespace sealwright::desktop {

/// No core dumps, and no other process of this user may attach (except in sanitizer builds, whose leak check attaches
/// to itself). First call of main(), before any secret exists.
void hardenProcess();

} // namespace sealwright::desktop
