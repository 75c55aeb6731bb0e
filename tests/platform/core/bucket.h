#pragma once
#include "app/net/network_thread.h"
#include "tests/platform/core/presign.h"

#include <cstdint>
#include <optional>

namespace sealwright::platform {

/// The platform's own small objects (sources of the demonstration, manifests) in one bucket; other people's data it
/// only ever looks up by size. Blocks the platform's thread.
class Bucket {
public:
    Bucket(net::NetworkThread& network, Storage storage, std::string name);

    const std::string& name() const { return m_name; }
    const Storage& storage() const { return m_storage; }

    bool make();
    bool put(const std::string& object, const std::string& bytes, const char* contentType);
    /// Nothing where there is no such object; at most 64 MiB. Failures of NetworkThread::call, PlatformFailed where the
    /// store answers with anything else.
    Outcome<std::optional<std::string>> get(const std::string& object);
    Outcome<std::optional<std::uint64_t>> sizeOf(const std::string& object);
    /// For a recipient, good for an hour.
    std::string urlToRead(const std::string& object) const;

private:
    Outcome<net::Answer> call(const char* verb, const std::string& object, const std::string& body,
                              const char* contentType);
    Outcome<std::optional<net::Answer>> look(const char* verb, const std::string& object);
    net::NetworkThread& m_network;
    const Storage m_storage;
    const std::string m_name;
};

} // namespace sealwright::platform
