#include "models/pipeline/field_keys.h"

namespace sealwright::pipeline {

using crypto::Mode;

std::optional<Mode> modeOf(Action action, Algorithm algorithm) {
    switch (action) {
    case Action::Encrypt:
        return algorithm == Algorithm::Aes256Gcm ? Mode::Gcm : Mode::ChaCha;
    case Action::Deterministic:
        return Mode::Siv;
    case Action::Fpe:
        return Mode::Fpe;
    case Action::Pseudonym:
        return Mode::Pseudonym;
    case Action::Mask:
    case Action::Drop:
    case Action::Keep:
        break;
    }
    return std::nullopt;
}

FieldKeys::FieldKeys(const Keys& keys, std::string_view join)
    : m_dek(keys.dek),
      m_joinKey(keys.joinKey),
      m_version(keys.version),
      m_joinVersion(keys.joinVersion),
      m_domain(join.empty() ? std::string_view(keys.datasetId) : join) {}

crypto::SecretBytes FieldKeys::derive(Mode mode, const crypto::RunId& run, std::string_view path,
                                      std::string_view joinAs) const {
    if (mode == Mode::Gcm || mode == Mode::ChaCha)
        return crypto::deriveFieldKey(*m_dek, run, mode, path);
    return crypto::deriveJoinFieldKey(m_joinKey != nullptr ? *m_joinKey : *m_dek, m_domain, mode,
                                      joinAs.empty() ? path : joinAs);
}

std::uint32_t FieldKeys::version(Mode mode) const {
    return mode == Mode::Siv && m_joinKey != nullptr ? m_joinVersion : m_version;
}

} // namespace sealwright::pipeline
