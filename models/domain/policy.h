#pragma once
#include "crypto/base/control_json.h"
#include "models/domain/failure.h"
#include "models/domain/path.h"

#include <unordered_map>

// What happens to each field (FORMAT.md §3).
namespace sealwright {

enum class Action { Keep, Mask, Fpe, Deterministic, Pseudonym, Encrypt, Drop };
enum class Algorithm { Aes256Gcm, ChaCha20Poly1305 };
enum class EmptyRule { Keep, Encrypt };
enum class OnError { Fail, Null };

std::string_view toText(Action action); ///< "encrypt" …
std::optional<Action> actionFromText(std::string_view text);

struct FieldRule {
    std::string path; ///< FORMAT.md §4
    Action action = Action::Encrypt;
    Algorithm algorithm = Algorithm::Aes256Gcm;   ///< encrypt
    std::optional<EmptyRule> nulls, empty;        ///< else the policy's
    std::optional<std::uint32_t> padTo;           ///< encrypt, deterministic: 0 none; else the policy's
    std::string joinAs;                           ///< deterministic, fpe, pseudonym; empty: the path
    std::string alphabet;                         ///< fpe
    std::uint32_t keepPrefix = 0, keepSuffix = 0; ///< fpe, mask
    OnError onError = OnError::Fail;
    friend bool operator==(const FieldRule&, const FieldRule&) = default;
};

struct Policy {
    Action defaultAction = Action::Encrypt; ///< Encrypt or Keep
    EmptyRule nulls = EmptyRule::Encrypt, empty = EmptyRule::Encrypt;
    std::uint32_t padTo = 16; ///< 0 none
    bool unflatten = false;
    std::string join; ///< domain; empty: the dataset id's text
    std::vector<FieldRule> fields;
    friend bool operator==(const Policy&, const Policy&) = default;

    const FieldRule* ruleFor(std::string_view path) const; ///< exactly that path
};

/// PolicyInvalid (facts: what, path), PolicyPathTwice.
Outcome<Policy> policyFromJson(const crypto::Json& json);
Outcome<Policy> parsePolicy(std::string_view text);
/// Every member that fits spelled out, as the manifest carries it.
crypto::Json toJson(const Policy& policy);

/// The rule of the leaf's longest named ancestor or of itself, or null where the policy names neither.
const FieldRule* namedRule(const Policy& policy, std::string_view leafPath);

/// The rule that one leaf gets: namedRule(), else the default (FORMAT.md §3). Ancestors: `a` is one of `a.b`, `a[]`,
/// `a[].c`; `$.` paths likewise. The result's path is the leaf's, and every optional member is filled.
FieldRule resolveLeaf(const Policy& policy, std::string_view leafPath);

/// The same for many leaves: finds a rule in the time that the leaf's depth takes. Keeps a pointer to the policy.
class RuleIndex {
public:
    explicit RuleIndex(const Policy& policy);
    const FieldRule* named(std::string_view leafPath) const;
    FieldRule resolve(std::string_view leafPath) const;
    /// What a leaf gets that the policy does not name; its path is empty.
    FieldRule unnamed() const;

private:
    const Policy* m_policy;
    std::unordered_map<std::string_view, const FieldRule*> m_rules;
    std::size_t m_longest = 0; ///< of the rules' paths: what is longer can be none of theirs
};

/// True where `owner` is weaker than `job` for one leaf (FORMAT.md §3: action order, then nulls, empty, padding,
/// keep_*).
bool isWeaker(const FieldRule& owner, const FieldRule& job);

/// Whether both together make objects of names with dots. Leaves for combinePolicies() are found in that shape of the
/// records: in another one a rule could name what is not compared.
bool unflattens(const Policy& job, const std::optional<Policy>& owner);

/// The job's policy as minimum, the owner's wishes on top: for each of `leafPaths`, the owner's rule where the owner's
/// policy names it (or an ancestor), else the job's where the job names it, else the owner's default (without an
/// owner's policy: FORMAT.md §3's). PolicyWeakerThanJob (facts: the paths) where a leaf would be weaker. The result is
/// what the manifest carries: the owner's rules, and those of the job that no owner's rule covers. `leafPaths` are the
/// data's, every container walked to its end, in the shape that unflattens() says.
Outcome<Policy> combinePolicies(const Policy& job, const std::optional<Policy>& owner,
                                const std::vector<std::string>& leafPaths);

} // namespace sealwright
