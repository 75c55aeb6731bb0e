#pragma once
#include <QString>

namespace sealwright::tests {

inline constexpr const char* canary = "Kanarienvogel-77"; ///< a value that must not be found where it does not belong

inline QString text(const char* plain) {
    return QString::fromLatin1(plain);
}

/// A file of the samples that the product comes with.
inline QString sample(const char* name) {
    return QLatin1String(SEALWRIGHT_SOURCE_DIR "/resources/sample/") + QLatin1String(name);
}

} // namespace sealwright::tests
