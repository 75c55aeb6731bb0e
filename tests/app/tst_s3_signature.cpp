#include "app/s3/signature.h"
#include "crypto/stream/digest.h"
#include "tests/support/not_tried.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

using namespace sealwright;
using namespace sealwright::s3;

namespace {

constexpr const char* emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

crypto::SecretBytes secretOf(std::string_view text) {
    return crypto::SecretBytes(asBytes(text));
}

QString signatureIn(const std::string& authorization) {
    return QString::fromStdString(authorization).section(QStringLiteral("Signature="), 1, 1);
}

/// The signer of Amazon's own Python library, asked for many requests at once. It encodes path and query by itself.
constexpr const char* peer = R"PY(
import datetime, json, sys, types, urllib.parse
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

answers = []
for case in json.load(sys.stdin):
    when = datetime.datetime.strptime(case["when"], "%Y%m%dT%H%M%SZ")
    class Frozen(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return when
    botocore.auth.datetime = types.SimpleNamespace(datetime=Frozen)
    path = urllib.parse.quote(case["path"], safe="/~")
    request = AWSRequest(method=case["verb"], url="http://" + case["host"] + path, headers=case["headers"],
                         params=case["query"], data=bytes.fromhex(case["body"]))
    request.context["client_config"] = None
    credentials = Credentials(case["access_key"], case["secret_key"], case["token"] or None)
    botocore.auth.S3SigV4Auth(credentials, "s3", case["region"]).add_auth(request)
    answers.append({"path": path, "authorization": request.headers["Authorization"]})
json.dump(answers, sys.stdout)
)PY";

/// Text of odd characters, from a fixed sequence.
QString oddText(QRandomGenerator& random, int longest) {
    static const QString alphabet =
        QStringLiteral("abcXYZ019-._~ !\"#$%&'()*+,:;<=>?@[]^`{|}äßéЖ語한") + QString::fromUcs4(U"\U0001F512", 1);
    QString text;
    for (int left = random.bounded(1, longest); left > 0; --left) {
        const auto at = random.bounded(static_cast<int>(alphabet.size()));
        if (!alphabet[at].isSurrogate())
            text += alphabet[at];
        else
            text += QString::fromUcs4(U"\U0001F512", 1);
    }
    return text;
}

struct Case {
    SigningInput input;
    QJsonObject json;
    std::string accessKey, secretKey;
};

Case randomCase(QRandomGenerator& random) {
    static const char* verbs[] = {"GET", "PUT", "POST", "DELETE", "HEAD"};
    Case made;
    const QString path = QLatin1String("/bucket-") + QString::number(random.bounded(100)) + QLatin1Char('/') +
                         oddText(random, 12) + QLatin1String("/") + oddText(random, 20);
    const QByteArray body = oddText(random, 60).toUtf8();
    made.accessKey = "AK" + std::to_string(random.generate());
    made.secretKey = oddText(random, 40).toStdString();
    made.input.verb = verbs[random.bounded(5)];
    made.input.path = encodePath(path.toStdString());
    made.input.region = random.bounded(2) ? "eu-central-1" : "us-east-1";
    made.input.when = Instant{1300000000} + static_cast<Instant>(random.bounded(800000000u));
    made.input.payloadSha256 =
        crypto::hexLower(crypto::sha256(asBytes({body.constData(), static_cast<std::size_t>(body.size())})));
    QJsonObject query, headers;
    for (int i = random.bounded(4); i > 0; --i) {
        const QString name = oddText(random, 8) + QString::number(i), value = oddText(random, 12);
        made.input.query.emplace_back(name.toStdString(), value.toStdString());
        query.insert(name, value);
    }
    const std::string host = "127.0.0.1:" + std::to_string(random.bounded(1024, 65535));
    made.input.headers.emplace_back("host", host);
    for (int i = random.bounded(3); i > 0; --i) {
        const QString name = QLatin1String(i % 2 ? "X-Amz-Meta-" : "x-amz-meta-q") + QString::number(i);
        const QString value = QLatin1String(" a  b") + QString::number(random.generate()) + QLatin1String("   c ");
        made.input.headers.emplace_back(name.toStdString(), value.toStdString());
        headers.insert(name, value);
    }
    std::string token;
    if (random.bounded(2)) {
        token = "token/+=" + std::to_string(random.generate());
        made.input.headers.emplace_back("x-amz-security-token", token);
    }
    made.input.headers.emplace_back("x-amz-date", amzDate(made.input.when));
    made.input.headers.emplace_back("x-amz-content-sha256", made.input.payloadSha256);
    const auto text = [](const std::string& plain) { return QString::fromStdString(plain); };
    made.json = {{QStringLiteral("verb"), text(made.input.verb)},
                 {QStringLiteral("path"), path},
                 {QStringLiteral("host"), text(host)},
                 {QStringLiteral("query"), query},
                 {QStringLiteral("headers"), headers},
                 {QStringLiteral("body"), QString::fromLatin1(body.toHex())},
                 {QStringLiteral("when"), text(amzDate(made.input.when))},
                 {QStringLiteral("region"), text(made.input.region)},
                 {QStringLiteral("access_key"), text(made.accessKey)},
                 {QStringLiteral("secret_key"), text(made.secretKey)},
                 {QStringLiteral("token"), text(token)}};
    return made;
}

} // namespace

class S3SignatureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void amazonsPublishedExamples_data() {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("headers");
        QTest::addColumn<QString>("payload");
        QTest::addColumn<QString>("signature");
        const auto row = [](const char* name, const char* verb, const char* path, const char* query,
                            const char* headers, const char* payload, const char* signature) {
            const auto text = [](const char* plain) { return QString::fromLatin1(plain); };
            QTest::newRow(name) << text(verb) << text(path) << text(query) << text(headers) << text(payload)
                                << text(signature);
        };
        row("get object with a range", "GET", "/test.txt", "", "Range=bytes=0-9", emptyHash,
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        row("put object", "PUT", "/test$file.text", "",
            "Date=Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class=REDUCED_REDUNDANCY",
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
        row("get bucket lifecycle", "GET", "/", "lifecycle=", "", emptyHash,
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        row("list objects", "GET", "/", "prefix=J|max-keys=2", "", emptyHash,
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    void amazonsPublishedExamples() {
        QFETCH(QString, verb);
        QFETCH(QString, path);
        QFETCH(QString, query);
        QFETCH(QString, headers);
        QFETCH(QString, payload);
        QFETCH(QString, signature);
        const auto pairs = [](const QString& text) {
            Pairs all;
            for (const QString& one : text.split(QLatin1Char('|'), Qt::SkipEmptyParts))
                all.emplace_back(one.section(QLatin1Char('='), 0, 0).toStdString(),
                                 one.section(QLatin1Char('='), 1).toStdString());
            return all;
        };
        SigningInput input;
        input.verb = verb.toStdString();
        input.path = encodePath(path.toStdString());
        input.query = pairs(query);
        input.headers = pairs(headers);
        input.when = *fromRfc3339("2013-05-24T00:00:00Z");
        input.region = "us-east-1";
        input.payloadSha256 = payload.toStdString();
        input.headers.emplace_back("x-amz-content-sha256", input.payloadSha256);
        input.headers.emplace_back("Host", "examplebucket.s3.amazonaws.com");
        input.headers.emplace_back("X-Amz-Date", "20130524T000000Z");
        const std::string made =
            authorization(input, "AKIAIOSFODNN7EXAMPLE", secretOf("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        QCOMPARE(signatureIn(made), signature);
        QVERIFY(made.find("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,") != std::string::npos);
    }

    void theDateIsInItsBasicForm() { QCOMPARE(amzDate(0), std::string("19700101T000000Z")); }

    void pathsKeepTheirSlashesAndComponentsDoNot() {
        QCOMPARE(encodePath("/a b/ü~+"), std::string("/a%20b/%C3%BC~%2B"));
        QCOMPARE(encodeComponent("a/b=c&d"), std::string("a%2Fb%3Dc%26d"));
        QCOMPARE(canonicalQuery({{"b", "2"}, {"a", ""}, {"a", "1"}}), std::string("a=&a=1&b=2"));
    }

    void botocoreSignsTheSame() {
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral("-c"), QStringLiteral("import botocore.auth")});
        if (!python.waitForFinished(60'000) || python.exitCode() != 0)
            NOT_TRIED(
                "Debian's python3-botocore is not installed: 200 requests were NOT compared with Amazon's own signer");
        QRandomGenerator random(20130524);
        std::vector<Case> cases;
        QJsonArray asked;
        for (int i = 0; i < 200; ++i) {
            cases.push_back(randomCase(random));
            asked.append(cases.back().json);
        }
        python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QString::fromUtf8(peer)});
        python.write(QJsonDocument(asked).toJson(QJsonDocument::Compact));
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished(300'000));
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        const QJsonArray answers = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        QCOMPARE(static_cast<std::size_t>(answers.size()), cases.size());
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const Case& one = cases[i];
            const QJsonObject answer = answers[static_cast<int>(i)].toObject();
            QCOMPARE(QString::fromStdString(one.input.path), answer[QLatin1String("path")].toString());
            const QString made =
                QString::fromStdString(authorization(one.input, one.accessKey, secretOf(one.secretKey)));
            const QString theirs = answer[QLatin1String("authorization")].toString().remove(QStringLiteral(", "));
            if (QString(made).remove(QLatin1Char(',')) != theirs)
                qWarning().noquote() << QJsonDocument(one.json).toJson();
            QCOMPARE(QString(made).remove(QLatin1Char(',')), theirs);
        }
    }
};

QTEST_GUILESS_MAIN(S3SignatureTest)
#include "tst_s3_signature.moc"
