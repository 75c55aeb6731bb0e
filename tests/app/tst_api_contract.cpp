#include "app/api/rest_job_api.h"
#include "tests/platform/core/contract.h"
#include "tests/support/platform/canned_server.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace sealwright;
using crypto::Json;
using platform::Contract;
using test::cannedJson;
using test::CannedServer;

namespace {

constexpr const char* file = SEALWRIGHT_SOURCE_DIR "/resources/openapi/sealwright-platform.json";
constexpr const char* anId = "0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10";

JobEvent eventOf(JobEvent::Kind kind) {
    JobEvent event;
    event.kind = kind;
    event.eventId = "5e0d8c8a-6a52-4c36-8f6e-1d2b7a9c0f11";
    event.jobId = anId;
    event.machineId = "machine-17";
    event.step = "seal";
    event.reason = "data.csv.unclosed-quote";
    event.details = crypto::JsonObject{{"record", 3}};
    event.manifest = "{}";
    event.signature = "e30..c2ln";
    event.metadata = crypto::JsonObject{{"records", 3}};
    return event;
}

const std::vector<JobEvent::Kind> kinds{JobEvent::Kind::Claimed, JobEvent::Kind::Declined, JobEvent::Kind::Returned,
                                        JobEvent::Kind::Running, JobEvent::Kind::Progress, JobEvent::Kind::Done,
                                        JobEvent::Kind::Failed};

/// Every `content` that has a schema and examples, wherever it stands.
void collectContents(const Json& json, std::vector<const Json*>& found) {
    if (json.find("schema") && json.find("examples"))
        found.push_back(&json);
    if (const auto* object = json.object())
        for (const auto& member : *object)
            collectContents(member.second, found);
    if (const auto* array = json.array())
        for (const auto& item : *array)
            collectContents(item, found);
}

/// A header's value in a request as text; empty where it is not there.
std::string headerIn(const std::string& request, const std::string& name) {
    const auto at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return {};
    const auto from = at + name.size() + 4;
    return request.substr(from, request.find("\r\n", from) - from);
}

} // namespace

/// The OpenAPI document against itself and against what the client sends. That the platform serves exactly its
/// operations, and that its bodies fit, the platform checks itself at its start and with every call.
class TestApiContract : public QObject {
    Q_OBJECT

    std::unique_ptr<Contract> m_contract;
    net::NetworkThread m_network;
    RestJobApi m_api{m_network, {1, {}, {}}};

    /// What `call` sends must be an operation of the document, with the headers and the body that it asks for. Gives
    /// its id.
    template <class Call>
    QString sent(Call call) {
        CannedServer server(cannedJson("{}"));
        PlatformAccess access;
        access.url = server.url() + "/"; // a slash too many is taken off
        access.accessToken = crypto::SecretBytes(asBytes("a-token-that-is-long-enough"));
        call(access);
        const auto requests = server.requests();
        if (requests.size() != 1)
            return QStringLiteral("%1 requests").arg(requests.size());
        const auto& request = requests.front();
        const auto space = request.find(' ');
        const auto match = m_contract->find(request.substr(0, space),
                                            request.substr(space + 1, request.find(' ', space + 1) - space - 1));
        if (!match)
            return QStringLiteral("not in the document");
        const auto& operation = *match->operation;
        const auto authorization = headerIn(request, "Authorization");
        if (authorization != (operation.needsToken ? "Bearer a-token-that-is-long-enough" : ""))
            return QStringLiteral("authorization");
        if (operation.needsIdempotencyKey != isUuid(headerIn(request, "Idempotency-Key")))
            return QStringLiteral("idempotency key");
        const auto body = request.substr(request.find("\r\n\r\n") + 4);
        if (operation.requestBody) {
            const auto json = crypto::parseControlJson(body);
            const auto wrong =
                json ? m_contract->mismatch(*operation.requestBody, *json) : std::optional<std::string>("no JSON");
            if (wrong || headerIn(request, "Content-Type") != "application/json")
                return QString::fromStdString(wrong.value_or("content type"));
        } else if (!body.empty()) {
            return QStringLiteral("a body");
        }
        return QString::fromStdString(operation.id);
    }

private Q_SLOTS:
    void initTestCase() {
        m_contract = Contract::load(file);
        QVERIFY(m_contract);
    }

    void itIsOpenApi31() {
        QCOMPARE(*m_contract->document().find("openapi")->string(), std::string("3.1.0"));
        QSet<QString> ids;
        for (const auto& operation : m_contract->operations())
            ids.insert(QString::fromStdString(operation.id));
        QCOMPARE(ids.size(), static_cast<qsizetype>(m_contract->operations().size()));
        QVERIFY(!ids.isEmpty());
    }

    void everyChangingCallHasAnIdempotencyKey() {
        for (const auto& operation : m_contract->operations())
            QVERIFY2(operation.needsIdempotencyKey == (operation.verb != "GET"), operation.id.c_str());
    }

    void examplesFitTheirSchemas() {
        std::vector<const Json*> contents;
        collectContents(m_contract->document(), contents);
        int count = 0;
        for (const auto* content : contents)
            for (const auto& [name, example] : *content->find("examples")->object()) {
                const auto wrong = m_contract->mismatch(*content->find("schema"), *example.find("value"));
                QVERIFY2(!wrong, (name + wrong.value_or("")).c_str());
                ++count;
            }
        QCOMPARE(count, 20);
        const auto& problem = *m_contract->document().find("components")->find("schemas")->find("Problem");
        QVERIFY(!m_contract->mismatch(problem, problem.find("examples")->array()->front()));
    }

    void aBodyThatDoesNotFitIsSeen() {
        const auto& schema = *m_contract->find("POST", "/v1/registration/challenge")->operation->requestBody;
        const auto good =
            crypto::parseControlJson(R"({"token": "t", "name": "n", "keys": {"keys": [{"kty": "OKP", "use": "sig",
            "alg": "EdDSA", "kid": "k", "crv": "Ed25519", "x": "x"}]}})");
        QVERIFY(!m_contract->mismatch(schema, *good));
        for (const char* bad : {R"({"token": "t", "name": "n"})", R"({"token": "", "name": "n", "keys": {"keys": []}})",
                                R"({"token": "t", "name": "n", "keys": {"keys": []}})",
                                R"({"token": "t", "name": "n", "keys": {"keys": [{"kty": "EC"}]}})",
                                R"({"token": 1, "name": "n", "keys": {"keys": []}})", R"([])"})
            QVERIFY2(m_contract->mismatch(schema, *crypto::parseControlJson(bad)), bad);
        auto more = *good;
        more.object()->emplace_back("more", 1);
        QVERIFY(m_contract->mismatch(schema, more));
    }

    void whatTheClientSendsIsInTheDocument() {
        auto sig = crypto::VerificationKey::fromRaw(Bytes(32, 1));
        QVERIFY(sig);
        QSet<QString> used;
        const auto check = [&](const QString& id) {
            QVERIFY2(std::any_of(m_contract->operations().begin(), m_contract->operations().end(),
                                 [&](const auto& o) { return o.id == id.toStdString(); }),
                     qPrintable(id));
            used.insert(id);
        };
        check(sent([&](const auto& access) {
            (void)m_api.beginRegistration(access, "token", "Größe", {{}, {*sig}}, {});
        }));
        check(sent([&](const auto& access) { (void)m_api.finishRegistration(access, "e30.e30.c2ln", {}); }));
        check(sent([&](const auto& access) { (void)m_api.beginRotation(access, "Größe", {{}, {*sig}}, {}); }));
        check(
            sent([&](const auto& access) { (void)m_api.finishRotation(access, "e30.e30.c2ln", "e30.e30.c2ln", {}); }));
        check(sent([&](const auto& access) { (void)m_api.registrations(access, {}); }));
        check(sent([&](const auto& access) { (void)m_api.jobs(access, {}); }));
        check(sent([&](const auto& access) { (void)m_api.job(access, anId, {}); }));
        check(sent([&](const auto& access) { (void)m_api.results(access, {}); }));
        for (const auto kind : kinds)
            check(sent([&](const auto& access) { (void)m_api.send(access, messageOf(eventOf(kind)), {}); }));
        used.insert(QStringLiteral("renewCredentials")); // offered by the platform, not yet asked for by the client
        QCOMPARE(used.size(), static_cast<qsizetype>(m_contract->operations().size()));
    }

    void anEventsKeyIsItsId() {
        CannedServer server(cannedJson("{}"));
        PlatformAccess access;
        access.url = server.url();
        access.accessToken = crypto::SecretBytes(asBytes("a-token-that-is-long-enough"));
        const auto event = eventOf(JobEvent::Kind::Claimed);
        QVERIFY(m_api.send(access, messageOf(event), {}).ok());
        QCOMPARE(headerIn(server.requests().front(), "Idempotency-Key"), event.eventId);
    }
};

QTEST_GUILESS_MAIN(TestApiContract)
#include "tst_api_contract.moc"
