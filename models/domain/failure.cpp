#include "models/domain/failure.h"

#include <array>

namespace sealwright {
namespace {

struct Row {
    std::string_view id;
    int status;
};

constexpr std::array rows{
#define SW_CODE(name, id, status) Row{id, status},
#include "models/domain/failure_codes.inc"
#undef SW_CODE
};

} // namespace

std::string_view stableId(Code code) {
    return rows[static_cast<std::size_t>(code)].id;
}

int exitStatus(Code code) {
    return rows[static_cast<std::size_t>(code)].status;
}

std::optional<Code> codeFromId(std::string_view id) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].id == id) {
            return static_cast<Code>(i);
        }
    }
    return std::nullopt;
}

Code codeFor(crypto::Error error) {
    switch (error) {
    case crypto::Error::BadEncoding:
        return Code::DocumentInvalid;
    case crypto::Error::BadKey:
        return Code::KeyWrong;
    case crypto::Error::UnwrapFailed:
        return Code::KeyNotForThis;
    case crypto::Error::NotAuthentic:
    case crypto::Error::WrongField:
    case crypto::Error::BadPlaintext:
        return Code::AuthAltered;
    case crypto::Error::NotInDomain:
        return Code::ValueNotForFpe;
    case crypto::Error::Undecodable:
        return Code::ValueUndecodable;
    case crypto::Error::LimitReached:
        return Code::DataTooManyRecords;
    case crypto::Error::Truncated:
        return Code::AuthTruncated;
    case crypto::Error::TrailingData:
        return Code::AuthTrailingData;
    case crypto::Error::BadHeader:
    case crypto::Error::BadSignature:
        return Code::AuthBadSignature;
    case crypto::Error::UnknownKey:
        return Code::AuthUnknownSigner;
    case crypto::Error::WrongPassphrase:
        return Code::KeyPassphraseWrong;
    case crypto::Error::LibraryFailure:
        return Code::CryptoFailed;
    }
    return Code::InternalBug;
}

} // namespace sealwright
