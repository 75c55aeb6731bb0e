#pragma once
#include "tests/platform/core/admin_desk.h"
#include "tests/platform/core/demo.h"
#include "tests/platform/core/event_intake.h"
#include "tests/platform/core/http_front.h"
#include "tests/platform/core/options.h"
#include "tests/platform/core/stack.h"

namespace sealwright::platform {

/// The whole platform, put together from options. Lives on the thread of the event loop that it answers from.
class Platform {
public:
    /// Listens and writes invitation and ready file; on failure gives a line saying what is wrong instead.
    static std::variant<std::unique_ptr<Platform>, std::string> start(const Options& options);
    const std::string& url() const { return m_identity->url; }

private:
    Platform() = default;
    std::string open(const Options& options);
    std::string openBackends(const Options& options);
    std::string listen(const Options& options);
    std::string build(const Options& options);
    std::string buildDemo(const Options& options);
    std::string announce(const Options& options);
    std::string invitation(Instant expires);
    struct SigningKeys {
        crypto::SigningKey key;
        std::vector<Identity::Former> former;
    };
    std::optional<SigningKeys> keptSigningKeys(const std::string& state);
    bool changeKey();
    crypto::Json feedback(const Options& options) const;
    Reply answer(const Incoming& call);

    // In the order in which they need each other.
    net::NetworkThread m_network;
    std::unique_ptr<Contract> m_contract;
    std::optional<Stack> m_stack; ///< else files, and the object store alone
    Storage m_storage;
    std::string m_state; ///< folder
    std::unique_ptr<Database> m_database;
    std::unique_ptr<KeyStore> m_keys;
    std::unique_ptr<StorageAccess> m_access;
    std::optional<Identity> m_identity;
    std::string m_caSha256;
    std::unique_ptr<Bucket> m_bucket;
    std::unique_ptr<Registry> m_registry;
    std::unique_ptr<JobStore> m_jobs;
    std::unique_ptr<JobCredentials> m_credentials;
    std::unique_ptr<JobMaker> m_maker;
    std::unique_ptr<Demo> m_demo;
    std::unique_ptr<ResultDesk> m_results;
    std::unique_ptr<Completion> m_completion;
    std::unique_ptr<JobDesk> m_jobDesk;
    std::unique_ptr<CredentialDesk> m_credentialDesk;
    std::unique_ptr<RegistrationDesk> m_registration;
    std::unique_ptr<AdminDesk> m_admin;
    std::unique_ptr<Service> m_service;
    std::unique_ptr<HttpFront> m_front;
    std::unique_ptr<EventIntake> m_intake;
    std::unique_ptr<FeedbackConsumer> m_consumer;
};

} // namespace sealwright::platform
