#pragma once
#include "models/pipeline/envelope_ordinals.h"
#include "models/pipeline/field_keys.h"
#include "models/pipeline/field_rules.h"
#include "models/pipeline/value.h"

#include <deque>
#include <unordered_set>

namespace sealwright::pipeline {

/// A field as the manifest has it, with what the policy's rule says of it.
struct StoredField {
    std::uint32_t number = 0; ///< its place in the manifest's list
    const FieldInfo* info = nullptr;
    EmptyRule nulls = EmptyRule::Encrypt, empty = EmptyRule::Encrypt;
    std::optional<crypto::Mode> mode;
    /// Derived once a pass, where it is the same for all runs or there is one run; else empty.
    crypto::SecretBytes key;

    bool hasTokens() const { return mode && (hasRow() || *mode == crypto::Mode::Siv); }
    bool hasRow() const { return mode && (*mode == crypto::Mode::Gcm || *mode == crypto::Mode::ChaCha); }
    /// Null or empty, and kept by the policy or made by on_error (FORMAT.md §2 "Reading").
    bool mayStay(const Value& value, bool csv) const;
};

/// What all workers of a reading pass share; const while they run, but for `envelope`.
class OpenPlan {
public:
    /// Compares every commitment first (AuthWrongKey). KeyMissing where the manifest has a join key and `keys` none;
    /// DocumentInvalid where it is no dataset's manifest. `manifest` outlives the plan, and so do the secrets.
    static Outcome<std::unique_ptr<OpenPlan>> make(const Manifest& manifest, const Keys& keys);

    /// Without keys: nothing is compared and nothing can be opened, but what tokens claim can be read. `manifest`
    /// outlives the plan. DocumentInvalid as make().
    static Outcome<std::unique_ptr<OpenPlan>> makeKeyless(const Manifest& manifest);
    bool keyless() const { return m_keyless; }

    /// CSV: compares the stored header with the manifest (AuthAltered) and finds out whether the source had one column.
    Outcome<void> readHeader(const class ByteSource& stored);

    const Manifest& manifest() const { return m_manifest; }
    const DatasetInfo& dataset() const { return *m_manifest.dataset; }
    const ValueForm& form() const { return m_form; }
    unsigned workers = 1; ///< that share what expanded keys may take
    const FieldRules& rules() const { return m_rules; }
    const FieldKeys& keys() const { return m_keys; }
    /// The field's key in one run; `scratch` holds it where the field has none of its own.
    const crypto::SecretBytes& key(const StoredField& field, std::uint32_t run, crypto::SecretBytes& scratch) const;
    /// Null where the manifest does not name it, or drops it.
    const StoredField* field(std::string_view path) const;
    /// The stored columns' paths in order: the manifest's own texts.
    const std::vector<const std::string*>& columns() const { return m_columns; }
    /// Of a column beyond those.
    std::string positionPath(std::size_t index) const;
    bool singleColumn() const { return m_singleColumn; }
    bool droppedBelow(std::string_view path) const { return m_aboveDropped.count(path) != 0; }

    EnvelopeOrdinals envelope;

private:
    OpenPlan(const Manifest& manifest, const Keys& keys, ValueForm form);
    static Outcome<std::unique_ptr<OpenPlan>> planned(const Manifest& manifest, const Keys* keys);
    const Manifest& m_manifest;
    ValueForm m_form;
    FieldRules m_rules;
    FieldKeys m_keys;
    std::deque<StoredField> m_fields;
    std::unordered_map<std::string_view, const StoredField*> m_byPath;
    std::unordered_set<std::string_view> m_aboveDropped;
    std::vector<const std::string*> m_columns;
    bool m_singleColumn = false, m_keyless = false;
};

} // namespace sealwright::pipeline
