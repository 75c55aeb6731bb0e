#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace sealwright::platform {

/// How sealwright-platform is started. Secrets come in files.
struct Options {
    std::string state, storageFile, contract, samples;
    std::string stackFile;      ///< in place of storageFile: all on real servers
    bool amqpFeedback = false;  ///< jobs on the stack send their events over the broker
    int credentialsLife = 3600; ///< seconds, of jobs on the stack
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string readyFile, invitationFile, adminTokenFile;
    std::string tlsCertificate, tlsKey, ca;
    std::string publicUrl;
    bool demo = false;
};

/// The least that STS gives, in seconds.
inline constexpr int shortestCredentialsLife = 900;

/// From the program's arguments; on a mistake prints what is wrong and how it is used, and gives nothing.
std::optional<Options> optionsFrom(const std::string& resources);

/// The whole file, white space at its end cut off. Nothing where it cannot be read.
std::optional<std::string> textFrom(const std::string& file);
/// Whole or not at all, readable by its owner alone.
bool writeFile(const std::string& file, const std::string& text);

} // namespace sealwright::platform
