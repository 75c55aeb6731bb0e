#include "crypto/field/not_tokens.h"
#include "tests/support/rows.h"
#include "tests/support/vector_keys.h"

#include <set>

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

namespace {

std::string pseudonym(const SecretBytes& key, const Vector& one) {
    auto made = Pseudonymiser::make(key);
    std::string out;
    made->append(static_cast<ValueType>(text(one, "type").at(0)), text(one, "body"), out);
    return out;
}

FpeCipher fpe(const Vector& one, const std::string& alphabet) {
    return FpeCipher::make(
               vectorFieldKey(Mode::Fpe, text(one, "path")),
               {alphabet, one.at("keep_prefix").get<std::uint32_t>(), one.at("keep_suffix").get<std::uint32_t>()})
        .value();
}

} // namespace

class TestNotTokens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pseudonyms_data() { addRows(cases("pseudonyms", {"name", "path", "type", "body", "value"})); }
    void pseudonyms();
    void joinKeyPseudonyms();
    void fpeValues_data() {
        addRows(cases("fpe", {"name", "path", "alphabet", "keep_prefix", "keep_suffix", "text", "value"}));
    }
    void fpeValues();
    void fpeRefused_data() {
        addRows(cases("fpe_refused", {"name", "path", "alphabet", "keep_prefix", "keep_suffix", "text", "error"}));
    }
    void fpeRefused();
    void fpeEveryLength_data();
    void fpeEveryLength();
    void fpeTweakSeparates();
    void fpeChecksItsRule();
    void masks_data() {
        addRows(cases("masks",
                      {"name", "text", "text_b64", "encoding", "keep_prefix", "keep_suffix", "value", "value_b64"}));
    }
    void masks();
    void maskWithHugeLimits();
};

void TestNotTokens::pseudonyms() {
    const Vector& one = rowCase("pseudonyms");
    QCOMPARE(pseudonym(vectorFieldKey(Mode::Pseudonym, text(one, "path")), one), text(one, "value"));
}

void TestNotTokens::joinKeyPseudonyms() {
    int seen = 0;
    for (const Vector& one : vectors().at("join_key_fields")) {
        if (one.contains("value")) {
            QCOMPARE(pseudonym(secret(text(one, "key")), one), text(one, "value"));
            ++seen;
        }
    }
    QCOMPARE(seen, 1);
    QVERIFY(!Pseudonymiser::make(SecretBytes(31)));
}

void TestNotTokens::fpeValues() {
    const Vector& one = rowCase("fpe");
    FpeCipher cipher = fpe(one, text(one, "alphabet"));
    std::string out = "kept ";
    QVERIFY(cipher.encrypt(text(one, "text"), out));
    QCOMPARE(out, "kept " + text(one, "value"));
    std::string back;
    QVERIFY(cipher.decrypt(text(one, "value"), back));
    QCOMPARE(back, text(one, "text"));
}

void TestNotTokens::fpeRefused() {
    const Vector& one = rowCase("fpe_refused");
    FpeCipher cipher = fpe(one, text(one, "alphabet"));
    std::string out = "kept";
    QCOMPARE(cipher.encrypt(text(one, "text"), out).error(), Error::NotInDomain);
    QCOMPARE(cipher.decrypt(text(one, "text"), out).error(), Error::NotInDomain);
    QCOMPARE(out, std::string("kept"));
}

void TestNotTokens::fpeEveryLength_data() {
    QTest::addColumn<QByteArray>("alphabet");
    for (const char* name : {"digits", "lower", "upper", "alnum", "alnum-upper", "hex-lower"}) {
        QTest::addRow("%s", name) << QByteArray(name);
    }
}

void TestNotTokens::fpeEveryLength() {
    QFETCH(QByteArray, alphabet);
    const std::string_view symbols = alphabetSymbols(alphabet.constData()).value();
    QVERIFY(std::is_sorted(symbols.begin(), symbols.end()));
    auto cipher = FpeCipher::make(SecretBytes(32), {alphabet.constData(), 0, 0});
    for (std::size_t size = 0; size <= 1100; size = size < 80 ? size + 1 : size + 17) {
        std::string text(size, symbols.back()); // the greatest numeral of its length
        for (std::size_t i = 0; i < size / 2; ++i) {
            text[i] = symbols[(i * 5 + size) % symbols.size()];
        }
        double domain = 1;
        for (std::size_t i = 0; i < size && domain < 1e6; ++i) {
            domain *= static_cast<double>(symbols.size());
        }
        std::string out;
        const bool taken = cipher->encrypt(text, out).ok();
        QCOMPARE(taken, domain >= 1e6 && size <= 1024);
        if (taken) {
            QCOMPARE(out.size(), size);
            QVERIFY(out.find_first_not_of(symbols) == std::string::npos);
            std::string back;
            QVERIFY(cipher->decrypt(out, back));
            QCOMPARE(back, text);
        }
    }
}

void TestNotTokens::fpeTweakSeparates() {
    auto both = FpeCipher::make(SecretBytes(32), {"digits", 1, 1});
    std::string first, second;
    QVERIFY(both->encrypt("12345678", first));
    QVERIFY(both->encrypt("92345678", second));
    QCOMPARE(first.front(), '1');
    QCOMPARE(first.back(), '8');
    QVERIFY(first.substr(1) != second.substr(1)); // other kept characters, other permutation
    auto none = FpeCipher::make(SecretBytes(32), {"digits", 0, 0});
    std::set<std::string> images;
    for (int i = 0; i < 2000; ++i) {
        std::string out;
        QVERIFY(none->encrypt(std::to_string(1000000 + i), out));
        images.insert(out);
    }
    QCOMPARE(images.size(), std::size_t{2000});
}

void TestNotTokens::fpeChecksItsRule() {
    QVERIFY(!FpeCipher::make(SecretBytes(32), {"emoji", 0, 0}));
    QVERIFY(!FpeCipher::make(SecretBytes(16), {"digits", 0, 0}));
    auto cipher = FpeCipher::make(SecretBytes(32), {"digits", 0xffffffff, 0xffffffff});
    std::string out;
    QVERIFY(!cipher->encrypt("123456789", out));
}

void TestNotTokens::masks() {
    const Vector& one = rowCase("masks");
    const bool utf8 = !one.contains("encoding");
    std::string out = "kept ";
    appendMasked(textOrBytes(one, "text"), one.at("keep_prefix").get<std::uint32_t>(),
                 one.at("keep_suffix").get<std::uint32_t>(), utf8, out);
    QCOMPARE(out, "kept " + textOrBytes(one, "value"));
}

void TestNotTokens::maskWithHugeLimits() {
    std::string out;
    appendMasked("abc", 0xffffffff, 0xffffffff, true, out);
    QCOMPARE(out, std::string("***"));
    out.clear();
    appendMasked("", 0, 0, true, out);
    QVERIFY(out.empty());
}

QTEST_GUILESS_MAIN(TestNotTokens)
#include "tst_not_tokens.moc"
