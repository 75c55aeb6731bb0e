#pragma once
#include "crypto/base/error.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What can go wrong, as a value: a closed code, where, and facts for the sentence. Never a data value, never a secret.
// The sentences are made in ui/common and app/cli.
namespace sealwright {

enum class Code {
#define SW_CODE(name, id, status) name,
#include "models/domain/failure_codes.inc"
#undef SW_CODE
};

/// As scripts see it: "data.csv.unclosed-quote". Stable for ever.
std::string_view stableId(Code code);
/// The CLI's exit status.
int exitStatus(Code code);
std::optional<Code> codeFromId(std::string_view id);

struct Where {
    std::string file;                    ///< a name or path that the owner knows, or empty
    std::optional<std::uint64_t> record; ///< counted from 0, as rows are; people are shown it from 1
    std::string field;                   ///< a field path of FORMAT.md §4, or empty
    std::optional<std::uint64_t> byte;   ///< offset in the file, from 0
};

struct Failure {
    Code code = Code::InternalBug;
    Where where;
    std::vector<std::string> facts; ///< names, paths, numbers that the sentence uses, in the order its code documents
    std::uint32_t retryAfter = 0;   ///< seconds that the other side asks to be left in peace; 0: it did not ask

    Failure() = default;
    Failure(Code c) : code(c) {}
    Failure(Code c, std::vector<std::string> f) : code(c), facts(std::move(f)) {}
    Failure(Code c, std::initializer_list<std::string> f)
        : code(c), facts(f) {} ///< so that {"a"} is facts, not a Where
    Failure(Code c, Where w, std::vector<std::string> f = {}) : code(c), where(std::move(w)), facts(std::move(f)) {}
};

template <class T>
using Outcome = Result<T, Failure>;

inline Err<Failure> fail(Failure failure) {
    return Err<Failure>(std::move(failure));
}

/// The code that fits where nothing more is known than what the crypto layer says.
Code codeFor(crypto::Error error);

} // namespace sealwright
