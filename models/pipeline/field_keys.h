#pragma once
#include "models/domain/manifest.h"
#include "models/pipeline/run.h"

namespace sealwright::pipeline {

/// The mode that an action derives its key for (FORMAT.md §1, §2); nothing for mask, drop and keep.
std::optional<crypto::Mode> modeOf(Action action, Algorithm algorithm);

/// Derives the field keys of one dataset. Borrows the secrets of `Keys`.
class FieldKeys {
public:
    /// `join`: the policy's text, empty for the dataset's id.
    FieldKeys(const Keys& keys, std::string_view join);
    crypto::SecretBytes derive(crypto::Mode mode, const crypto::RunId& run, std::string_view path,
                               std::string_view joinAs) const;
    /// As it stands in a token of this mode.
    std::uint32_t version(crypto::Mode mode) const;

private:
    const crypto::SecretBytes* m_dek;
    const crypto::SecretBytes* m_joinKey;
    std::uint32_t m_version, m_joinVersion;
    std::string m_domain;
};

} // namespace sealwright::pipeline
