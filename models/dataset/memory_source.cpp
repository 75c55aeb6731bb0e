#include "models/dataset/byte_source.h"

#include <algorithm>
#include <cstring>

namespace sealwright {
namespace {

class MemorySource : public ByteSource {
public:
    MemorySource(std::string bytes, std::string name) : m_bytes(std::move(bytes)), m_name(std::move(name)) {}

    std::uint64_t size() const override { return m_bytes.size(); }
    std::string name() const override { return m_name; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        if (offset >= m_bytes.size())
            return std::size_t(0);
        const std::size_t count = std::min(out.size(), m_bytes.size() - std::size_t(offset));
        if (count > 0)
            std::memcpy(out.data(), m_bytes.data() + offset, count);
        return count;
    }

private:
    std::string m_bytes, m_name;
};

} // namespace

std::shared_ptr<ByteSource> memorySource(std::string bytes, std::string name) {
    return std::make_shared<MemorySource>(std::move(bytes), std::move(name));
}

} // namespace sealwright
