#pragma once
#include "crypto/keys/private_keys.h"
#include "tests/support/vectors.h"

#include <QTest>
#include <set>

// Known answers as rows of a data-driven test: one vector is one row, so one vector is one failure.
namespace sealwright::vectors {

using json = tests::Vector;

inline const json& all() {
    return tests::vectors();
}

/// Adds a row for each case of a section. Fails where the section has another number of cases.
inline void rows(const char* section, std::size_t count) {
    QTest::addColumn<int>("index");
    const json& cases = all().at(section);
    QCOMPARE(cases.size(), count);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const std::string name = std::to_string(i) + " " + cases[i].value("name", std::string());
        QTest::newRow(name.c_str()) << static_cast<int>(i);
    }
}

/// The case of the current row.
inline const json& current(const char* section) {
    const int index = *static_cast<int*>(QTest::qData("index", qMetaTypeId<int>()));
    return all().at(section).at(static_cast<std::size_t>(index));
}

/// False where a case has a member that its runner does not know: the runner would pass without looking at it.
inline bool onlyMembers(const json& object, const std::set<std::string>& known) {
    for (const auto& [name, value] : object.items()) {
        if (!known.contains(name)) {
            qWarning("the vector has a member \"%s\" that this test does not know", name.c_str());
            return false;
        }
    }
    return true;
}

inline crypto::SecretBytes secret(const json& encoded) {
    return tests::secret(encoded.get<std::string>());
}

inline crypto::SecretBytes keyDer(const std::string& name) {
    for (const json& key : all().at("keys")) {
        if (key.at("name") == name) {
            return crypto::decryptPkcs8Pem(key.at("pkcs8_pem").get<std::string>(), crypto::SecretBytes())
                .value()
                .clone();
        }
    }
    return {};
}

inline crypto::DecryptionKey decryptionKey(const char* name = "TEST KEY, machine decryption") {
    return crypto::DecryptionKey::fromPkcs8(keyDer(name)).value();
}

inline crypto::SigningKey signingKey(const char* name) {
    return crypto::SigningKey::fromPkcs8(keyDer(name)).value();
}

/// The public keys of these kids, for lists of pinned or known signers.
inline std::vector<crypto::VerificationKey> verificationKeys(const json& kids) {
    std::vector<crypto::VerificationKey> found;
    for (const json& kid : kids) {
        for (const json& key : all().at("keys")) {
            if (key.contains("error") || key.at("kid") != kid) {
                continue;
            }
            const auto parsed = crypto::parseControlJson(key.at("jwk").dump());
            const auto set = crypto::jwkFromJson(*parsed);
            found.insert(found.end(), set->sig.begin(), set->sig.end());
        }
    }
    return found;
}

} // namespace sealwright::vectors
