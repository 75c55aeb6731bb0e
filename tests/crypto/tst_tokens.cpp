#include "crypto/field/token.h"
#include "crypto/field/token_text.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/sha256.h"
#include "crypto/stream/digest.h"
#include "tests/support/rows.h"
#include "tests/support/vector_keys.h"

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

namespace {

ValueType typeOf(const Vector& one) {
    return static_cast<ValueType>(text(one, "type").at(0));
}

std::string sealed(TokenSealer& sealer, ValueType type, std::string_view body, Place place) {
    std::string out;
    return sealer.seal(type, body, place, out) ? out : std::string("refused");
}

// Opened in a buffer that serves all, so that each call meets what the one before left.
crypto::Result<OpenedValue> openWith(TokenOpener& opener, std::string_view token) {
    static SecretBytes work;
    return opener.open(token, work);
}

// The plaintext inside a token of mode g, padding and all, opened without TokenOpener.
std::string rawPlaintext(const std::string& token, const std::string& path) {
    const Bytes payload = b64(token.substr(token.rfind('.') + 1));
    const auto aead = makeAes256Gcm(vectorFieldKey(Mode::Gcm, path));
    const ByteView all(payload);
    Bytes plaintext(payload.size() - aeadNonce - aeadTag);
    const bool opened = aead->open(all.first(aeadNonce), asBytes(token.substr(0, token.rfind('.') + 1)),
                                   all.subspan(aeadNonce), plaintext.data());
    return opened ? std::string(asText(plaintext)) : std::string("not authentic");
}

} // namespace

class TestTokens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tokens_data() {
        addRows(
            cases("tokens", {"name", "mode", "path", "version", "type", "body", "pad_to", "row", "ordinal", "token"}));
    }
    void tokens();
    void refused_data() { addRows(cases("tokens_refused", {"name", "mode", "path", "error", "token"})); }
    void refused();
    void padding_data() {
        addRows(cases("padding", {"name", "path", "type", "body", "pad_to", "plaintext", "plaintext_length",
                                  "plaintext_sha256", "token"}));
    }
    void padding();
    void joinKeyTokens_data();
    void joinKeyTokens();
    void everyBitMatters_data();
    void everyBitMatters();
    void everyLengthComesBack_data() { everyBitMatters_data(); }
    void everyLengthComesBack();
    void aCutTokenIsRefused();
    void reasons();
    void limits();
    void rekeyedIsAsMadeAnew();
    void keysAndVersionsAreChecked();
    void claimedPlaceNeedsNoKey();
    void claimsAreReadStrictly();
    void sivTakesNoQuotedText();
    void equalValuesInModeS();
};

void TestTokens::tokens() {
    const Vector& one = rowCase("tokens");
    const Mode mode = modeOf(text(one, "mode"));
    const auto key = vectorFieldKey(mode, text(one, "path"));
    const auto version = one.at("version").get<std::uint32_t>();
    const Place place = one.contains("row")
                            ? Place{one.at("row").get<std::uint64_t>(), one.at("ordinal").get<std::uint64_t>()}
                            : Place{};
    auto sealer = TokenSealer::make(mode, key, version, one.at("pad_to").get<std::uint32_t>());
    QVERIFY(sealer);
    std::string out = "kept";
    QVERIFY(sealer->seal(typeOf(one), text(one, "body"), place, out));
    QCOMPARE(out, "kept" + text(one, "token"));

    auto opener = TokenOpener::make(mode, key, version);
    QVERIFY(opener);
    const auto value = openWith(*opener, text(one, "token"));
    QVERIFY(value);
    QCOMPARE(value->type, typeOf(one));
    QCOMPARE(std::string(value->body), text(one, "body"));
    QCOMPARE(value->place.row, place.row);
    QCOMPARE(value->place.ordinal, place.ordinal);
    if (mode != Mode::Siv) {
        QCOMPARE(claimedPlace(text(one, "token"))->row, place.row);
        QCOMPARE(claimedPlace(text(one, "token"))->ordinal, place.ordinal);
    }
}

void TestTokens::refused() {
    const Vector& one = rowCase("tokens_refused");
    const Mode mode = modeOf(text(one, "mode"));
    auto opener = TokenOpener::make(mode, vectorFieldKey(mode, text(one, "path")), 1);
    QVERIFY(opener);
    QVERIFY(!openWith(*opener, text(one, "token")));
}

void TestTokens::padding() {
    const Vector& one = rowCase("padding");
    const auto key = vectorFieldKey(Mode::Gcm, text(one, "path"));
    auto opener = TokenOpener::make(Mode::Gcm, key, 1);
    std::string token;
    if (one.contains("pad_to")) {
        auto sealer = TokenSealer::make(Mode::Gcm, key, 1, one.at("pad_to").get<std::uint32_t>());
        token = sealed(*sealer, typeOf(one), text(one, "body"), {});
        if (one.contains("token")) {
            QCOMPARE(token, text(one, "token"));
        }
    } else {
        token = text(one, "token");
    }
    const std::string plaintext = rawPlaintext(token, text(one, "path"));
    if (one.contains("plaintext")) {
        QCOMPARE(plaintext, std::string(asText(b64(text(one, "plaintext")))));
    } else {
        QCOMPARE(plaintext.size(), one.at("plaintext_length").get<std::size_t>());
        QCOMPARE(hexLower(sha256(asBytes(plaintext))), text(one, "plaintext_sha256"));
    }
    const auto value = openWith(*opener, token);
    QVERIFY(value);
    QCOMPARE(std::string(value->body), text(one, "body"));
}

void TestTokens::joinKeyTokens_data() {
    addRows(cases("join_key_fields",
                  {"name", "mode", "path", "domain", "key", "type", "body", "pad_to", "version", "token", "value"}));
}

void TestTokens::joinKeyTokens() {
    const Vector& one = rowCase("join_key_fields");
    if (!one.contains("token")) {
        return; // what mode h makes is in tst_not_tokens, the key alone in tst_keys
    }
    const auto key = secret(text(one, "key"));
    auto sealer = TokenSealer::make(Mode::Siv, key, one.at("version").get<std::uint32_t>(),
                                    one.at("pad_to").get<std::uint32_t>());
    QCOMPARE(sealed(*sealer, typeOf(one), text(one, "body"), {}), text(one, "token"));
    auto opener = TokenOpener::make(Mode::Siv, key, one.at("version").get<std::uint32_t>());
    QCOMPARE(std::string(openWith(*opener, text(one, "token"))->body), text(one, "body"));
}

void TestTokens::everyBitMatters_data() {
    QTest::addColumn<char>("letter");
    for (const char letter : {'g', 'c', 's'}) {
        QTest::addRow("%c", letter) << letter;
    }
}

void TestTokens::everyBitMatters() {
    QFETCH(char, letter);
    const Mode mode = static_cast<Mode>(letter);
    const auto key = vectorFieldKey(mode, "p");
    auto sealer = TokenSealer::make(mode, key, 1, 16);
    auto opener = TokenOpener::make(mode, key, 1);
    const std::string token = sealed(*sealer, ValueType::Text, "a value of some length", {5, 6});
    QVERIFY(openWith(*opener, token));
    for (std::size_t at = 0; at < token.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = token;
            changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
            QVERIFY2(!openWith(*opener, changed), changed.c_str());
        }
    }
    QVERIFY(openWith(*opener, token)); // a refusal leaves nothing behind
}

void TestTokens::everyLengthComesBack() {
    QFETCH(char, letter);
    const Mode mode = static_cast<Mode>(letter);
    const auto key = vectorFieldKey(mode, "p");
    auto opener = TokenOpener::make(mode, key, 7);
    for (const std::uint32_t padTo : {0u, 1u, 16u, 100u}) {
        auto sealer = TokenSealer::make(mode, key, 7, padTo);
        for (const std::size_t size :
             {0, 1, 14, 15, 16, 17, 31, 32, 33, 1023, 1024, 4079, 4095, 4096, 4097, 4111, 8193, 100000}) {
            const Bytes bytes = countedBytes(size);
            const std::string body(asText(bytes));
            std::string token;
            QVERIFY(sealer->seal(ValueType::Json, body, {1, size}, token));
            const auto value = openWith(*opener, token);
            QVERIFY(value);
            QVERIFY(value->body == body);
            QCOMPARE(value->type, ValueType::Json);
        }
    }
}

void TestTokens::aCutTokenIsRefused() {
    const auto key = vectorFieldKey(Mode::Gcm, "p");
    auto sealer = TokenSealer::make(Mode::Gcm, key, 12, 16);
    auto opener = TokenOpener::make(Mode::Gcm, key, 12);
    const std::string token = sealed(*sealer, ValueType::Text, "abc", {});
    for (std::size_t size = 0; size < token.size(); ++size) {
        QVERIFY(!openWith(*opener, token.substr(0, size)));
        claimedPlace(token.substr(0, size)); // must not read beyond
    }
}

void TestTokens::reasons() {
    const auto key = vectorFieldKey(Mode::Gcm, "p");
    auto sealer = TokenSealer::make(Mode::Gcm, key, 1, 0);
    auto opener = TokenOpener::make(Mode::Gcm, key, 1);
    const std::string token = sealed(*sealer, ValueType::Text, "abc", {});
    std::string altered = token;
    altered[20] = altered[20] == 'A' ? 'B' : 'A';
    QCOMPARE(openWith(*opener, altered).error(), Error::NotAuthentic);
    QCOMPARE(openWith(*opener, "sw1g.2" + token.substr(6)).error(), Error::WrongField);
    QCOMPARE(openWith(*opener, "sw1s.1" + token.substr(6)).error(), Error::WrongField);
    QCOMPARE(openWith(*opener, "sw1g.1.").error(), Error::BadEncoding);
    QCOMPARE(openWith(*opener, "Ada").error(), Error::BadEncoding);
    QCOMPARE(openWith(*opener, "").error(), Error::BadEncoding);
    // Authentic, but no plaintext of §2.
    const auto withPlaintext = [&](std::string plaintext) {
        Bytes payload(aeadNonce + plaintext.size() + aeadTag);
        makeAes256Gcm(key)->seal(ByteView(payload).first(aeadNonce), asBytes("sw1g.1."), asBytes(plaintext),
                                 payload.data() + aeadNonce);
        return "sw1g.1." + b64Encode(payload);
    };
    QVERIFY(openWith(*opener, withPlaintext("tabc")));
    for (const std::string& bad : {std::string("xabc"), std::string("\x80"),
                                   std::string("\xf4"
                                               "abc"),
                                   std::string("\xf4\0", 2), std::string("\0", 1), std::string("Tabc")}) {
        QCOMPARE(openWith(*opener, withPlaintext(bad)).error(), Error::BadPlaintext);
    }
    const std::string twicePadded("\xf4"
                                  "abc\x80\0\0",
                                  7);
    QCOMPARE(std::string(openWith(*opener, withPlaintext(twicePadded))->body), std::string("abc"));
}

void TestTokens::limits() {
    const auto key = vectorFieldKey(Mode::Gcm, "p");
    auto sealer = TokenSealer::make(Mode::Gcm, key, 1, 0);
    constexpr std::uint64_t limit = std::uint64_t{1} << 48;
    std::string out = "kept";
    QCOMPARE(sealer->seal(ValueType::Text, "a", {limit, 0}, out).error(), Error::LimitReached);
    QCOMPARE(sealer->seal(ValueType::Text, "a", {0, limit}, out).error(), Error::LimitReached);
    const std::string tooLong(maxBody + 1, 'a');
    QCOMPARE(sealer->seal(ValueType::Text, tooLong, {}, out).error(), Error::LimitReached);
    QCOMPARE(out, std::string("kept"));
    QVERIFY(sealer->seal(ValueType::Text, "a", {limit - 1, limit - 1}, out));
    std::string long64;
    QVERIFY(sealer->seal(ValueType::Text, std::string_view(tooLong).substr(1), {}, long64));
    auto opener = TokenOpener::make(Mode::Gcm, key, 1);
    QCOMPARE(openWith(*opener, long64)->body.size(), maxBody);
    QCOMPARE(openWith(*opener, long64 + std::string(200000, 'A')).error(), Error::LimitReached);
}

// One context that goes from field to field makes and opens the tokens of each as its own would.
void TestTokens::rekeyedIsAsMadeAnew() {
    for (const Mode mode : {Mode::Gcm, Mode::ChaCha, Mode::Siv}) {
        const auto first = vectorFieldKey(mode, "a");
        auto sealer = TokenSealer::make(mode, first, 7, 0);
        auto opener = TokenOpener::make(mode, first, 7);
        const std::string before = sealed(*sealer, ValueType::Text, "Ada", {1, 0});
        QCOMPARE(std::string(openWith(*opener, before)->body), std::string("Ada"));
        for (const char* const path : {"b", "c", "a"}) {
            const auto key = vectorFieldKey(mode, path);
            auto fresh = TokenSealer::make(mode, key, 7, 16);
            QVERIFY(sealer->rekey(key, 16));
            QVERIFY(opener->rekey(key));
            const std::string token = sealed(*sealer, ValueType::Text, "Grace", {2, 3});
            QCOMPARE(token, sealed(*fresh, ValueType::Text, "Grace", {2, 3}));
            QCOMPARE(std::string(openWith(*opener, token)->body), std::string("Grace"));
            QCOMPARE(openWith(*opener, before).ok(), std::string_view(path) == "a");
        }
        QCOMPARE(sealer->rekey(SecretBytes(31), 0).error(), Error::BadKey);
        QCOMPARE(opener->rekey(SecretBytes(31)).error(), Error::BadKey);
        QCOMPARE(sealer->rekey(first, 65'537).error(), Error::LimitReached);
    }
}

void TestTokens::keysAndVersionsAreChecked() {
    const SecretBytes short32(32);
    const SecretBytes long64(64);
    QVERIFY(!TokenSealer::make(Mode::Siv, short32, 1, 0));
    QVERIFY(!TokenSealer::make(Mode::Gcm, long64, 1, 0));
    QVERIFY(!TokenSealer::make(Mode::Fpe, short32, 1, 0));
    QVERIFY(!TokenSealer::make(Mode::Pseudonym, short32, 1, 0));
    QVERIFY(!TokenOpener::make(Mode::Siv, short32, 1));
    QVERIFY(!TokenOpener::make(Mode::ChaCha, long64, 1));
    QVERIFY(!TokenSealer::make(Mode::Gcm, short32, 0, 0));
    QVERIFY(!TokenSealer::make(Mode::Gcm, short32, 1'000'000'000, 0));
    QVERIFY(!TokenSealer::make(Mode::Gcm, short32, 1, 65'537));
    QVERIFY(!TokenOpener::make(Mode::Gcm, short32, 0));
    QVERIFY(TokenSealer::make(Mode::ChaCha, short32, 999'999'999, 65'536));
}

void TestTokens::claimedPlaceNeedsNoKey() {
    auto sealer = TokenSealer::make(Mode::ChaCha, SecretBytes(32), 3, 0);
    const std::string token = sealed(*sealer, ValueType::Null, "", {77, 2});
    QCOMPARE(claimedPlace(token)->row, std::uint64_t{77});
    QCOMPARE(claimedPlace(token)->ordinal, std::uint64_t{2});
    auto siv = TokenSealer::make(Mode::Siv, SecretBytes(64), 3, 0);
    QVERIFY(!claimedPlace(sealed(*siv, ValueType::Text, "a long enough body to hold a nonce", {})));
    for (const std::string no :
         {"", "sw1g", "sw1g.1.", "sw1g.1.AAAA", "sw1x.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "sw1g.1.!!!!!!!!!!!!!!!!AAAAAAAAAAAAAAAAAAAAAAAA"}) {
        QVERIFY(!claimedPlace(no));
    }
}

void TestTokens::sivTakesNoQuotedText() {
    auto siv = TokenSealer::make(Mode::Siv, SecretBytes(64), 3, 0);
    std::string out;
    QCOMPARE(siv->seal(ValueType::Quoted, "a", {}, out).error(), Error::BadPlaintext);
    QCOMPARE(siv->seal(ValueType::Escaped, "a", {}, out).error(), Error::BadPlaintext);
    QVERIFY(out.empty());
}

void TestTokens::equalValuesInModeS() {
    auto siv = TokenSealer::make(Mode::Siv, SecretBytes(64), 3, 16);
    const std::string a = sealed(*siv, ValueType::Text, "4711", {1, 0});
    QCOMPARE(sealed(*siv, ValueType::Text, "4711", {2, 5}), a);
    QVERIFY(sealed(*siv, ValueType::Number, "4711", {1, 0}) != a);
    QVERIFY(sealed(*siv, ValueType::Text, "4712", {1, 0}) != a);
}

/// What can be said of a token without its key is what opening it would say first.
void TestTokens::claimsAreReadStrictly() {
    for (const Mode mode : {Mode::Gcm, Mode::ChaCha, Mode::Siv}) {
        auto sealer = TokenSealer::make(mode, vectorFieldKey(mode, "a"), 7, 0);
        QVERIFY(sealer.ok());
        const std::string token = sealed(*sealer, ValueType::Null, {}, {5, 3});
        const auto claim = readClaim(token, mode, 7);
        QVERIFY(claim.ok());
        QCOMPARE(claim->row, std::uint64_t{mode == Mode::Siv ? 0u : 5u});
        QCOMPARE(claim->ordinal, std::uint64_t{mode == Mode::Siv ? 0u : 3u});
        QVERIFY(readClaim(token, mode, 8).error() == Error::WrongField);
        QVERIFY(readClaim(token, mode == Mode::Gcm ? Mode::Siv : Mode::Gcm, 7).error() == Error::WrongField);
        for (const std::string& no : {token.substr(0, token.size() - 4), token + "=", token + "+AAA", "x" + token})
            QVERIFY(readClaim(no, mode, 7).error() == Error::BadEncoding);
    }
}

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
