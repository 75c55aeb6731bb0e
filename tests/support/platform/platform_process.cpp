#include "tests/support/platform/platform_process.h"

#include "crypto/base/b64.h"
#include "crypto/keys/derive.h"

#include <QElapsedTimer>
#include <QFile>

namespace sealwright::test {

namespace {

constexpr const char* storageNames[] = {"SEALWRIGHT_S3_ENDPOINT", "SEALWRIGHT_S3_REGION", "SEALWRIGHT_S3_ACCESS_KEY",
                                        "SEALWRIGHT_S3_SECRET_KEY"};
constexpr int patience = 120'000;

bool write(const QString& name, const QByteArray& text) {
    QFile file(name);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

} // namespace

bool PlatformProcess::possible() {
    return qEnvironmentVariableIsSet(storageNames[0]);
}

PlatformProcess::~PlatformProcess() {
    stop();
}

bool PlatformProcess::start(const QStringList& more) {
    QByteArray storage;
    for (const auto* name : storageNames)
        storage += QByteArray(name) + '=' + qgetenv(name) + '\n';
    const auto file = m_folder.filePath(QStringLiteral("storage"));
    return write(file, storage) && launch(QStringList{QStringLiteral("--storage"), file} + more);
}

bool PlatformProcess::startOnStack(const QStringList& more) {
    return launch(QStringList{QStringLiteral("--stack"), qEnvironmentVariable("SEALWRIGHT_STACK")} + more);
}

bool PlatformProcess::startAgain() {
    return start({QStringLiteral("--listen"), QString::fromStdString(m_url.substr(m_url.find("://") + 3))});
}

bool PlatformProcess::launch(const QStringList& arguments) {
    m_token = crypto::b64Encode(crypto::freshDek().reveal());
    const auto ready = m_folder.filePath(QStringLiteral("ready"));
    QFile::remove(ready);
    if (!m_folder.isValid() || !write(m_folder.filePath(QStringLiteral("admin")), QByteArray::fromStdString(m_token)))
        return false;
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.start(QStringLiteral(SEALWRIGHT_BIN_DIR "/sealwright-platform"),
                    QStringList{QStringLiteral("--state"), m_folder.filePath(QStringLiteral("state")),
                                QStringLiteral("--ready-file"), ready, QStringLiteral("--admin-token-file"),
                                m_folder.filePath(QStringLiteral("admin"))} +
                        arguments);
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < patience;) {
        QFile file(ready);
        if (file.open(QIODevice::ReadOnly)) {
            m_url = file.readAll().trimmed().toStdString();
            return true;
        }
        if (m_process.waitForFinished(20) || m_process.state() == QProcess::NotRunning)
            return false;
    }
    return false;
}

void PlatformProcess::stop() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
}

QByteArray PlatformProcess::log() {
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::optional<crypto::Json> PlatformProcess::admin(const char* verb, const std::string& path,
                                                   const crypto::Json& body) {
    if (!m_network)
        m_network = std::make_unique<net::NetworkThread>();
    net::Request request;
    request.verb = verb;
    request.url = QUrl(QString::fromStdString(m_url + path));
    request.headers = {{"Authorization", QByteArray::fromStdString("Bearer " + m_token)}};
    request.trust = trust;
    request.maxAnswer = net::largeAnswer;
    if (request.verb != "GET")
        request.body = QByteArray::fromStdString(crypto::writeControlJson(body));
    const auto answer = m_network->call(request, Cancel());
    if (!answer || !answer->good())
        return std::nullopt;
    auto json = crypto::parseControlJson(answer->body.toStdString(), net::largeAnswer);
    return json ? std::optional(std::move(*json)) : std::nullopt;
}

std::string PlatformProcess::invitation(std::int64_t expiresIn) {
    const auto answer = admin("POST", "/admin/invitations", crypto::JsonObject{{"expires_in", expiresIn}});
    const auto* text = answer ? answer->find("invitation") : nullptr;
    return text && text->string() ? *text->string() : std::string();
}

bool PlatformProcess::fault(const std::string& path, int status, int times, bool after, int retryAfter) {
    return admin(
               "POST", "/admin/faults",
               crypto::JsonObject{
                   {"path", path}, {"status", status}, {"times", times}, {"after", after}, {"retry_after", retryAfter}})
        .has_value();
}

bool PlatformProcess::endFaults() {
    return admin("POST", "/admin/faults/end").has_value();
}

} // namespace sealwright::test
