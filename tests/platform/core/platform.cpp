#include "tests/platform/core/platform.h"

#include "models/domain/job.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSslCertificate>

namespace sealwright::platform {

using crypto::JsonObject;

namespace {

constexpr const char* bucketName = "cohort";
constexpr Instant invitationLife = 7 * secondsADay;

bool makeStateFolder(const std::string& folder) {
    const auto path = QString::fromStdString(folder);
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

std::variant<std::unique_ptr<Platform>, std::string> Platform::start(const Options& options) {
    std::unique_ptr<Platform> platform(new Platform);
    for (auto step : {&Platform::open, &Platform::build, &Platform::buildDemo, &Platform::announce})
        if (auto wrong = (platform.get()->*step)(options); !wrong.empty())
            return wrong;
    return platform;
}

/// What lies in files, and the port: the URL is known only then.
std::string Platform::open(const Options& options) {
    m_contract = Contract::load(options.contract);
    if (!m_contract)
        return "no OpenAPI document at " + options.contract;
    const auto storage = storageFrom(options.storageFile);
    if (!storage || !makeStateFolder(options.state))
        return "cannot read " + options.storageFile + " or make " + options.state;
    m_database = std::make_unique<Database>(options.state + "/platform.sqlite",
                                            Registry::schema() + JobStore::schema() + ResultDesk::schema());
    m_keys = std::make_unique<FileKeyStore>(options.state + "/keys.sqlite");
    auto key = keptSigningKey(options.state + "/signing.key");
    if (!key)
        return "cannot read or make the signing key";

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
    const auto own = hostOfEndpoint(url), store = hostOfEndpoint(storage->endpoint);
    if (!own || !store)
        return "plain http is for loopback alone: " + url + ", " + storage->endpoint;
    m_identity.emplace(Identity{url, std::move(*key), {*own, *store}});
    m_bucket = std::make_unique<Bucket>(m_network, *storage, bucketName);
    return m_bucket->make() ? std::string() : "the object store does not answer at " + storage->endpoint;
}

std::string Platform::build(const Options& options) {
    m_registry = std::make_unique<Registry>(*m_database);
    m_jobs = std::make_unique<JobStore>(*m_database);
    m_maker = std::make_unique<JobMaker>(*m_identity, *m_jobs, *m_keys, m_bucket->storage());
    m_results = std::make_unique<ResultDesk>(*m_identity, *m_database, *m_bucket);
    m_completion = std::make_unique<Completion>(*m_identity, *m_keys, *m_bucket);
    m_jobDesk = std::make_unique<JobDesk>(*m_jobs, *m_completion, *m_results);
    m_registration = std::make_unique<RegistrationDesk>(*m_identity, *m_registry, [this](const Machine& machine) {
        if (m_demo)
            m_demo->giveJobs(machine);
    });
    m_service = std::make_unique<Service>(*m_contract, *m_registry, *m_registration, *m_jobDesk, *m_results);
    if (const auto ids = m_service->unanswered(); !ids.empty())
        return "nothing answers " + ids.front();
    if (!options.ca.empty()) {
        const auto certificates = QSslCertificate::fromPath(QString::fromStdString(options.ca), QSsl::Pem);
        if (certificates.isEmpty())
            return "no certificate in " + options.ca;
        m_caSha256 = certificates.first().digest(QCryptographicHash::Sha256).toHex().toStdString();
    }
    if (options.adminTokenFile.empty())
        return {};
    const auto token = textFrom(options.adminTokenFile);
    if (!token || token->empty())
        return "cannot read " + options.adminTokenFile;
    m_admin = std::make_unique<AdminDesk>(*m_registry, *m_jobs, *m_maker, *token,
                                          [this](Instant expires) { return invitation(expires); });
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

Reply Platform::answer(const Incoming& call) {
    if (!m_service)
        return problem("unavailable", "not yet ready");
    if (m_admin && AdminDesk::isFor(call))
        return m_admin->answer(call);
    return m_admin ? m_admin->withFaults(call, [&] { return m_service->answer(call); }) : m_service->answer(call);
}

} // namespace sealwright::platform
