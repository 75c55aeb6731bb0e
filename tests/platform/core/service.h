#pragma once
#include "tests/platform/core/contract.h"
#include "tests/platform/core/credential_desk.h"
#include "tests/platform/core/job_desk.h"
#include "tests/platform/core/registration_desk.h"
#include "tests/platform/core/registry.h"

#include <functional>

namespace sealwright::platform {

/// A call as it came, the transport aside.
struct Incoming {
    std::string verb, path;
    std::string token;          ///< of `Authorization: Bearer`, else empty
    std::string idempotencyKey; ///< or empty
    std::string body;
};

/// Answers calls as the contract has it: finds the operation, checks token, key and body against the document, lets the
/// desk of that operation answer, and checks its answer too.
class Service {
public:
    Service(const Contract& contract, Registry& registry, RegistrationDesk& registration, JobDesk& jobs,
            CredentialDesk& credentials, ResultDesk& results);

    Reply answer(const Incoming& call);

    /// The contract's operations that no desk answers; the platform does not start with any.
    std::vector<std::string> unanswered() const;

private:
    struct Ready {
        const Incoming& call;
        const Match& match;
        const crypto::Json& body;
        const Machine* machine;
    };
    using Handler = std::function<Reply(const Ready&)>;

    Reply carryOut(const Incoming& call, const Match& match);
    Reply once(const Ready& ready, const std::function<Reply()>& act);

    const Contract& m_contract;
    Registry& m_registry;
    std::map<std::string, Handler> m_handlers; ///< by operation id
    struct Remembered {
        std::string bodyHash;
        Reply reply;
    };
    std::map<std::string, Remembered>
        m_remembered; ///< good registration answers by key; they hold tokens: in memory alone
};

} // namespace sealwright::platform
