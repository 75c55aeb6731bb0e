#pragma once
#include "crypto/keys/derive.h"
#include "models/ports/job_api.h"
#include "tests/support/fakes/script.h"

#include <map>

namespace sealwright::tests {

/// A platform that knows one machine.
class FakeApi : public JobApi {
public:
    explicit FakeApi(Script& script) : m_script(script) {}

    Outcome<Challenge> beginRegistration(const PlatformAccess&, const std::string&, const std::string&,
                                         const crypto::JwkSet& machine, const Cancel& cancel) override {
        return m_script.pass<Challenge>("api.beginRegistration", Code::NetworkUnreachable, &cancel,
                                        [&]() -> Outcome<Challenge> {
                                            const auto wrapped = crypto::wrapKey(crypto::freshDek(), machine.enc[0]);
                                            return Challenge{"c1", *wrapped, offered};
                                        });
    }
    Outcome<Registered> finishRegistration(const PlatformAccess&, const std::string&, const Cancel& cancel) override {
        return m_script.pass<Registered>("api.finishRegistration", Code::NetworkUnreachable, &cancel,
                                         [&]() -> Outcome<Registered> {
                                             return Registered{registrationJws, crypto::SecretBytes(asBytes("token"))};
                                         });
    }
    Outcome<Challenge> beginRotation(const PlatformAccess& access, const std::string&, const crypto::JwkSet& machine,
                                     const Cancel& cancel) override {
        return m_script.pass<Challenge>(
            "api.beginRotation", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<Challenge> {
                if (auto known = knows(access); !known)
                    return known.failed();
                offeredByMachine = machine;
                return Challenge{"c2", *crypto::wrapKey(crypto::freshDek(), machine.enc[0]), offered};
            });
    }
    Outcome<Registered> finishRotation(const PlatformAccess& access, const std::string& proof, const std::string& old,
                                       const Cancel& cancel) override {
        return m_script.pass<Registered>(
            "api.finishRotation", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<Registered> {
                if (auto known = knows(access); !known)
                    return known.failed();
                if (!checkOldProof(old, proof, machineKeys.sig[0], offeredByMachine.sig[0]))
                    return fail(Failure(Code::PlatformRejected, {"proof.refused"}));
                const std::string fresh = "token-" + std::to_string(++tokens);
                waitingKeys[fresh] = offeredByMachine;
                return Registered{rotationJws ? rotationJws() : registrationJws, crypto::SecretBytes(asBytes(fresh))};
            });
    }
    Outcome<std::vector<std::string>> registrations(const PlatformAccess& access, const Cancel& cancel) override {
        return m_script.pass<std::vector<std::string>>("api.registrations", Code::NetworkUnreachable, &cancel,
                                                       [&]() -> Outcome<std::vector<std::string>> {
                                                           if (auto known = knows(access); !known)
                                                               return known.failed();
                                                           return statements;
                                                       });
    }
    Outcome<std::vector<JobEntry>> jobs(const PlatformAccess& access, const Cancel& cancel) override {
        return m_script.pass<std::vector<JobEntry>>("api.jobs", Code::NetworkUnreachable, &cancel,
                                                    [&]() -> Outcome<std::vector<JobEntry>> {
                                                        if (auto known = knows(access); !known)
                                                            return known.failed();
                                                        return more.empty() ? std::vector<JobEntry>{entry} : more;
                                                    });
    }
    Outcome<JobEntry> job(const PlatformAccess&, const std::string& id, const Cancel& cancel) override {
        return m_script.pass<JobEntry>("api.job", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<JobEntry> {
            for (const JobEntry& one : more)
                if (one.jobId == id)
                    return one;
            return entry;
        });
    }
    Outcome<std::string> renewedCredentials(const PlatformAccess&, const std::string&, const Cancel& cancel) override {
        return m_script.pass<std::string>("api.renewedCredentials", Code::NetworkUnreachable, &cancel,
                                          [&]() -> Outcome<std::string> {
                                              if (credentialsJws.empty())
                                                  return fail(Code::PlatformConflict);
                                              return credentialsJws;
                                          });
    }
    Outcome<std::vector<ResultEntry>> results(const PlatformAccess&, const Cancel&) override { return resultEntries; }
    std::vector<ResultEntry> resultEntries;

    JobEntry entry;
    std::vector<JobEntry> more; ///< the list, where there is more than the one
    crypto::JwkSet offered;
    std::string registrationJws, credentialsJws;

    /// Which access token the platform goes by; empty: any. A rotation's token counts from its first use on.
    std::string token;
    crypto::JwkSet machineKeys, offeredByMachine;
    std::map<std::string, crypto::JwkSet> waitingKeys; ///< of rotations, by token
    int tokens = 0;
    std::function<std::string()> rotationJws;
    std::vector<std::string> statements;
    bool revoked = false;
    std::optional<Failure> away; ///< what every call with a token says, while it is set

private:
    Outcome<void> knows(const PlatformAccess& access) {
        if (away)
            return fail(*away);
        if (revoked)
            return fail(Failure(Code::MachineRevoked, {"machine.revoked"}));
        const std::string given(asText(access.accessToken.reveal()));
        if (const auto waiting = waitingKeys.find(given); waiting != waitingKeys.end()) {
            machineKeys = waiting->second;
            token = given;
            waitingKeys.clear();
        }
        if (!token.empty() && token != given)
            return fail(Failure(Code::PlatformDenied, {"token.unknown"}));
        return {};
    }
    static bool ends(const std::string& kind) {
        return kind == "done" || kind == "declined" || kind == "failed" || kind == "returned";
    }
    Script& m_script;
};

} // namespace sealwright::tests
