#pragma once
#include "crypto/base/bytes.h"

#include <cstddef>

namespace sealwright::crypto {

/// Bytes that nobody else may read: wiped when it goes, not copyable, not printable, compared in constant time.
/// Raw access goes by reveal(), a word that can be searched for. (Core dumps are the whole program's to turn off.)
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size); ///< zeros
    explicit SecretBytes(ByteView copyOf);  ///< the caller wipes its own copy
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    SecretBytes clone() const { return SecretBytes(reveal()); }
    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    ByteView reveal() const { return {m_data, m_size}; }
    MutableBytes revealMutable() { return {m_data, m_size}; }
    void wipe();

    friend bool operator==(const SecretBytes& a, const SecretBytes& b);

private:
    Byte* m_data = nullptr;
    std::size_t m_size = 0;
};

/// Constant time for equal lengths; different lengths are unequal at once.
bool equalConstantTime(ByteView a, ByteView b);

/// Overwrites in a way the compiler keeps.
void wipe(MutableBytes bytes);
void wipe(std::string& text);

} // namespace sealwright::crypto
