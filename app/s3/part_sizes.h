#pragma once
#include "app/net/http.h"

#include <cstdint>

namespace sealwright::s3 {

/// From this size on an upload is made in parts.
inline constexpr std::uint64_t multipartFrom = 16u << 20;

/// How long a part of `total` bytes is, in whole MiB: about two seconds of one connection's share of a link of `rate`
/// bytes a second (0: not known), so that a cut costs little on a slow link and requests are few on a fast one; never
/// so short that the protocol's 10,000 parts do not suffice, nor under the 5 MiB that it asks for.
std::uint64_t partSize(std::uint64_t total, std::uint64_t rate);

/// Parts that are under way side by side.
inline constexpr unsigned parallelParts = net::bodiesToAHost;

} // namespace sealwright::s3
