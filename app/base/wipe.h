#pragma once
#include <QByteArray>

namespace sealwright {

/// Overwrites the bytes themselves, which every copy that shares them sees (fill() and data() would first give `shared`
/// bytes of its own), and empties it. For the few places where Qt wants a secret as a QByteArray. Nobody else may be
/// reading it meanwhile, and it may not be a literal.
void wipe(QByteArray& shared);

} // namespace sealwright
