#pragma once

namespace sealwright::crypto {

/// Ends the process. For what no caller could go on after: no random bytes from the OS, or a hash that the crypto
/// library cannot start (it is out of memory or was installed broken). Never for anything that input can bring about.
[[noreturn]] void libraryUnusable();

} // namespace sealwright::crypto
