#include "tests/platform/core/platform.h"

#include "models/domain/job.h"
#include "tests/platform/core/migrations.h"
#include "tests/platform/core/sts_access.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSslCertificate>

#include <algorithm>
#include <cstdio>

namespace sealwright::platform {

using crypto::JsonObject;

namespace {

constexpr const char* bucketName = "cohort";
constexpr Instant invitationLife = 7 * secondsADay;

std::string keyFile(const std::string& state, qlonglong number) {
    return state + "/signing-" + std::to_string(number) + ".key";
}

bool makeStateFolder(const std::string& folder) {
    const auto path = QString::fromStdString(folder);
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

std::variant<std::unique_ptr<Platform>, std::string> Platform::start(const Options& options) {
    std::unique_ptr<Platform> platform(new Platform);
    try {
        for (auto step : {&Platform::open, &Platform::openBackends, &Platform::listen, &Platform::build,
                          &Platform::buildDemo, &Platform::announce})
            if (auto wrong = (platform.get()->*step)(options); !wrong.empty())
                return wrong;
    } catch (const DatabaseFailure& failure) {
        return std::string("database: ") + failure.what();
    }
    return platform;
}

/// What lies in files.
std::string Platform::open(const Options& options) {
    m_contract = Contract::load(options.contract);
    if (!m_contract)
        return "no OpenAPI document at " + options.contract;
    const auto& file = options.stackFile.empty() ? options.storageFile : options.stackFile;
    if (!options.stackFile.empty())
        m_stack = stackFrom(file);
    const auto storage = m_stack ? std::optional(m_stack->storage) : storageFrom(file);
    if (!storage || m_stack.has_value() == options.stackFile.empty() || !makeStateFolder(options.state))
        return "cannot read " + file + " or make " + options.state;
    m_storage = *storage;
    return {};
}

/// Where machines, jobs, events and keys lie, and who gives credentials: servers, or files of our own.
std::string Platform::openBackends(const Options& options) {
    if (m_stack) {
        m_database = Database::postgres(m_stack->database);
        m_keys = std::make_unique<VaultKeyStore>(m_network, std::move(m_stack->vault));
        m_access = std::make_unique<StsAccess>(m_network, m_storage, options.credentialsLife);
    } else {
        m_database = Database::sqlite(options.state + "/platform.sqlite");
        m_keys = std::make_unique<FileKeyStore>(options.state + "/keys.sqlite");
        m_access = std::make_unique<OwnStorageAccess>(m_storage);
    }
    migrate(*m_database);
    m_credentials = std::make_unique<JobCredentials>(
        *m_access, m_stack ? std::move(m_stack->broker.machines)
                           : BrokerLogin{"nobody", crypto::SecretBytes(asBytes(freshToken()))});
    return {};
}

/// Today's key and those before it: which there were the database knows, each lies in a file of its own.
std::optional<Platform::SigningKeys> Platform::keptSigningKeys(const std::string& state) {
    auto key = keptSigningKey(state + "/signing.key");
    std::vector<Identity::Former> former;
    for (const auto& row : m_database->run("SELECT nr, since FROM platform_keys ORDER BY nr")) {
        auto next = keptSigningKey(keyFile(state, row[0].toLongLong()));
        if (!key || !next)
            return std::nullopt;
        former.push_back({std::move(*key), row[1].toLongLong()});
        key = std::move(next);
    }
    return key ? std::optional(SigningKeys{std::move(*key), std::move(former)}) : std::nullopt;
}

/// From now on another key signs. Machines learn it by a statement that the one so far signed, later than any that they
/// have.
bool Platform::changeKey() {
    const auto number = static_cast<qlonglong>(m_identity->former.size()) + 1;
    auto next = keptSigningKey(keyFile(m_state, number));
    if (!next)
        return false;
    const Instant last = m_database->run("SELECT COALESCE(MAX(issued), 0) FROM machines").first().first().toLongLong();
    const Instant before = m_identity->former.empty() ? 0 : m_identity->former.back().until;
    const Instant since = std::max({now(), last + 1, before + 1});
    m_database->run("INSERT INTO platform_keys (nr, since) VALUES (?, ?)", {number, qlonglong(since)});
    m_identity->former.push_back({std::move(m_identity->key), since});
    m_identity->key = std::move(*next);
    return true;
}

/// The port: the URL is known only then.
std::string Platform::listen(const Options& options) {
    auto keys = keptSigningKeys(options.state);
    if (!keys)
        return "cannot read or make the signing key";
    m_state = options.state;
    m_front = std::make_unique<HttpFront>([this](const Incoming& call) { return answer(call); });
    const bool tls = !options.tlsCertificate.empty();
    if (tls && !m_front->useTls(options.tlsCertificate, options.tlsKey))
        return "cannot use the certificate or its key";
    const auto port = m_front->listen(options.address, options.port);
    if (port == 0)
        return "cannot listen on " + options.address + ":" + std::to_string(options.port);
    auto url = (tls ? "https://" : "http://") + options.address + ":" + std::to_string(port);
    if (!options.publicUrl.empty())
        url = options.publicUrl;
    std::vector<std::string> hosts;
    for (const auto& endpoint : {url, m_storage.endpoint, m_stack ? m_stack->broker.url : std::string()}) {
        const auto host = hostOfEndpoint(endpoint);
        if (!endpoint.empty() && !host)
            return "plain http is for loopback alone: " + endpoint;
        if (host)
            hosts.push_back(*host);
    }
    m_identity.emplace(Identity{url, std::move(keys->key), std::move(hosts), std::move(keys->former)});
    m_bucket = std::make_unique<Bucket>(m_network, m_storage, bucketName);
    return m_bucket->make() ? std::string() : "the object store does not answer at " + m_storage.endpoint;
}

/// What jobs have whose order asks for nothing else.
crypto::Json Platform::feedback(const Options& options) const {
    if (!options.amqpFeedback)
        return JsonObject{{"kind", "rest"}};
    const auto& broker = m_stack->broker;
    return JsonObject{
        {"kind", "amqp"}, {"url", broker.url}, {"exchange", broker.exchange}, {"routing_key", broker.routingKey}};
}

std::string Platform::build(const Options& options) {
    m_registry = std::make_unique<Registry>(*m_database);
    m_jobs = std::make_unique<JobStore>(*m_database);
    m_maker = std::make_unique<JobMaker>(*m_identity, *m_jobs, *m_keys, *m_credentials, m_storage, feedback(options));
    m_results = std::make_unique<ResultDesk>(*m_identity, *m_database, *m_bucket);
    m_completion = std::make_unique<Completion>(*m_identity, *m_keys, *m_bucket);
    m_jobDesk = std::make_unique<JobDesk>(*m_jobs, *m_completion, *m_results);
    m_credentialDesk = std::make_unique<CredentialDesk>(*m_identity, *m_jobs, *m_credentials);
    m_registration = std::make_unique<RegistrationDesk>(*m_identity, *m_registry, [this](const Machine& machine) {
        if (m_demo)
            m_demo->giveJobs(machine);
    });
    m_service =
        std::make_unique<Service>(*m_contract, *m_registry, *m_registration, *m_jobDesk, *m_credentialDesk, *m_results);
    if (const auto ids = m_service->unanswered(); !ids.empty())
        return "nothing answers " + ids.front();
    // Machines that are to speak to the broker by TLS are told of its CA, where they are told of none else.
    const auto ca = options.ca.empty() && options.amqpFeedback ? m_stack->broker.ca : options.ca;
    if (!ca.empty()) {
        const auto certificates = QSslCertificate::fromPath(QString::fromStdString(ca), QSsl::Pem);
        if (certificates.isEmpty())
            return "no certificate in " + ca;
        m_caSha256 = certificates.first().digest(QCryptographicHash::Sha256).toHex().toStdString();
    }
    if (options.adminTokenFile.empty())
        return {};
    const auto token = textFrom(options.adminTokenFile);
    if (!token || token->empty())
        return "cannot read " + options.adminTokenFile;
    m_admin = std::make_unique<AdminDesk>(
        *m_registry, *m_jobs, *m_maker, *token, [this](Instant expires) { return invitation(expires); },
        [this] { return changeKey(); }, [this](BrokerLogin broker) { m_credentials->useBroker(std::move(broker)); });
    return {};
}

std::string Platform::buildDemo(const Options& options) {
    if (!options.demo)
        return {};
    const auto archive = keptDecryptionKey(options.state + "/archive.key");
    if (!archive)
        return "cannot read or make the archive's key";
    m_demo = std::make_unique<Demo>(*m_bucket, *m_maker, options.samples, archive->publicKey());
    return m_demo->upload() ? std::string() : "cannot upload the samples of " + options.samples;
}

std::string Platform::announce(const Options& options) {
    if (m_stack) {
        m_intake = std::make_unique<EventIntake>(*m_contract, *m_registry, *m_jobDesk);
        m_consumer = std::make_unique<FeedbackConsumer>(
            std::move(m_stack->broker), [this](const AmqpMessage& message) { return m_intake->take(message); });
    }
    if (!options.invitationFile.empty() &&
        !writeFile(options.invitationFile, invitation(now() + invitationLife) + "\n"))
        return "cannot write " + options.invitationFile;
    if (!options.readyFile.empty() && !writeFile(options.readyFile, url() + "\n"))
        return "cannot write " + options.readyFile;
    return {};
}

std::string Platform::invitation(Instant expires) {
    JsonObject document{{"format", "sealwright-invitation/1"},
                        {"platform", m_identity->url},
                        {"token", m_registry->invite(expires)},
                        {"expires", toRfc3339(expires)},
                        {"platform_kid", m_identity->key.kid()}};
    if (!m_caSha256.empty())
        document.emplace_back("ca_sha256", m_caSha256);
    return crypto::writeControlJson(document);
}

Reply Platform::answer(const Incoming& call) try {
    if (!m_service)
        return problem("unavailable", "not yet ready");
    if (m_admin && AdminDesk::isFor(call))
        return m_admin->answer(call);
    return m_admin ? m_admin->withFaults(call, [&] { return m_service->answer(call); }) : m_service->answer(call);
} catch (const DatabaseFailure& failure) {
    std::fprintf(stderr, "database: %s\n", failure.what());
    return problem("unavailable", "the database does not answer");
}

} // namespace sealwright::platform
