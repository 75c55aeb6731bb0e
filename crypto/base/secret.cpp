#include "crypto/base/secret.h"

#include <cstring>
#include <utility>

namespace sealwright::crypto {

namespace {

// Called through a volatile pointer, so that no optimiser can know that the bytes are never read again.
void* (*const volatile overwrite)(void*, int, std::size_t) = std::memset;

} // namespace

void wipe(MutableBytes bytes) {
    if (!bytes.empty()) {
        overwrite(bytes.data(), 0, bytes.size());
    }
}

void wipe(std::string& text) {
    text.resize(text.capacity());
    wipe(MutableBytes(reinterpret_cast<Byte*>(text.data()), text.size()));
    text.clear();
}

bool equalConstantTime(ByteView a, ByteView b) {
    if (a.size() != b.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    }
    // Read back through memory, so that the loop cannot be left for a comparison that stops early.
    const volatile unsigned seen = difference;
    return seen == 0;
}

SecretBytes::SecretBytes(std::size_t size) : m_data(size ? new Byte[size]() : nullptr), m_size(size) {}

SecretBytes::SecretBytes(ByteView copyOf) : SecretBytes(copyOf.size()) {
    if (m_size) {
        std::memcpy(m_data, copyOf.data(), m_size);
    }
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    wipe();
}

void SecretBytes::wipe() {
    crypto::wipe(revealMutable());
    delete[] m_data;
    m_data = nullptr;
    m_size = 0;
}

bool operator==(const SecretBytes& a, const SecretBytes& b) {
    return equalConstantTime(a.reveal(), b.reveal());
}

} // namespace sealwright::crypto
