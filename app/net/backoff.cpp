#include "app/net/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace sealwright::net {

std::chrono::milliseconds Backoff::delay(int failed, std::optional<std::chrono::seconds> asked) const {
    const auto doubled = first * (1LL << std::clamp(failed - 1, 0, 20));
    const auto whole = std::min<std::chrono::milliseconds>(doubled, longest);
    const auto jitter = QRandomGenerator::global()->bounded(static_cast<quint32>(whole.count() / 2 + 1));
    const auto own = whole - std::chrono::milliseconds(jitter);
    return asked ? std::max<std::chrono::milliseconds>(own, std::min(*asked, longestAsked)) : own;
}

} // namespace sealwright::net
