#pragma once
#include "tests/platform/core/presign.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sealwright::platform {

/// How sealwright-platform is started. Secrets come in files.
struct Options {
    std::string state, storageFile, contract, samples;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string readyFile, invitationFile, adminTokenFile;
    std::string tlsCertificate, tlsKey, ca;
    std::string publicUrl;
    bool demo = false;
};

/// From the program's arguments; on a mistake prints what is wrong and how it is used, and gives nothing.
std::optional<Options> optionsFrom(const std::string& resources);

/// Lines KEY=value as tests/support/servers/minio.sh writes them. Nothing where a member is missing.
std::optional<Storage> storageFrom(const std::string& file);

/// The whole file, white space at its end cut off. Nothing where it cannot be read.
std::optional<std::string> textFrom(const std::string& file);
/// Whole or not at all, readable by its owner alone.
bool writeFile(const std::string& file, const std::string& text);

} // namespace sealwright::platform
