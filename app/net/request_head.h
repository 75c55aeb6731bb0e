#pragma once
#include "app/net/http.h"

namespace sealwright::net {

/// The head of a request of HTTP/1.1 whose body has `length` bytes (RFC 9112 §2.1). Holds the secret headers: wiped by
/// whoever gets it. Nothing where a header's name or value could end its line.
QByteArray requestHead(const Request& request, std::uint64_t length);

} // namespace sealwright::net
