#pragma once

namespace sealwright::test {

/// A listening socket on a free port of this machine itself, the caller's; `port` is 0 where there is none.
int listenOnLoopback(int& port);

/// A connection to that port of this machine, the caller's; -1 where nobody takes it.
int connectToLoopback(int port);

} // namespace sealwright::test
