#include "app/base/wipe.h"

#include "app/api/answers.h"

#include <QtTest>

using namespace sealwright;

class WipeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCopyOfAByteArrayIsWiped() {
        const QByteArray secret = QByteArray("secret").repeated(3); // no literal
        QByteArray ours = secret;
        const QByteArray qts = secret;
        wipe(ours);
        QVERIFY(ours.isEmpty());
        QCOMPARE(qts, QByteArray(18, '\0'));
        QByteArray nothing;
        wipe(nothing);
        QVERIFY(nothing.isNull());
    }

    void theAnswersTokenIsWiped() {
        crypto::Json body = crypto::JsonObject{{"registration", "a.b.c"}, {"access_token", "a-token"}};
        const auto registered = readRegistered(body);
        QVERIFY(registered.ok() && registered->accessToken == crypto::SecretBytes(asBytes("a-token")));
        QCOMPARE(body.find("access_token")->string()->find("a-token"), std::string::npos);
        QCOMPARE(registered->registrationJws, std::string("a.b.c"));
    }
};

QTEST_GUILESS_MAIN(WipeTest)
#include "tst_wipe.moc"
