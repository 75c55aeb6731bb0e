#pragma once
#include "models/package/package.h"
#include "tests/package/folder_contents.h"

#include <QTemporaryDir>
#include <QTest>

namespace sealwright::tests {

/// What tests of sealing packages share: keys, and a fresh folder with one for the package in it.
class GivenPackage {
protected:
    const crypto::DecryptionKey m_key = crypto::DecryptionKey::generate().value();
    const crypto::DecryptionKey m_other = crypto::DecryptionKey::generate().value();
    const crypto::SigningKey m_signer = crypto::SigningKey::generate().value();
    std::unique_ptr<QTemporaryDir> m_folder;

    QString at(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    std::string pathOf(const char* name) const { return at(name).toStdString(); }

    SealRequest requestFor(std::vector<std::string> sources) const {
        SealRequest request;
        request.sources = std::move(sources);
        request.target = pathOf("out/x.sealed");
        request.recipients = {{m_key.publicKey(), "me"}};
        return request;
    }

    Outcome<SealedPackage> seal(const SealRequest& request) const {
        return sealPackage(request, m_signer, {}, Cancel());
    }

    Outcome<PackageFacts> open(const char* target = "opened", const crypto::DecryptionKey* key = nullptr,
                               unsigned threads = 0) const {
        const OpenRequest request{{pathOf("out/x.sealed"), {m_signer.publicKey()}, threads}, pathOf(target), false};
        return openPackage(request, key ? *key : m_key, {}, Cancel());
    }

    bool nothingIn(const char* folder) const { return contentsOf(at(folder)).empty(); }

    /// Before each test.
    void begin() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(at("out")));
    }
};

} // namespace sealwright::tests
