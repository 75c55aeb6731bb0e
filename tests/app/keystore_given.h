#pragma once
#include "app/keychain/file_keystore.h"
#include "crypto/keys/private_keys.h"
#include "tests/support/outcome_code.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

// What tests of keystores in a folder have in common.
namespace sealwright::tests {

using crypto::SecretBytes;
using Entry = SecretStore::Entry;

inline SecretBytes secret(std::string_view text) {
    return SecretBytes(asBytes(text));
}

/// A keystore's folder that is not there yet, and keys to put into it.
class GivenKeystore {
protected:
    std::optional<crypto::DecryptionKey> m_dec, m_otherDec;
    std::optional<crypto::SigningKey> m_sig;
    QTemporaryDir m_written;
    std::unique_ptr<QTemporaryDir> m_parent;
    QString m_folder;

    FileKeystore store(std::string_view passphrase = "a passphrase") {
        return FileKeystore(m_folder.toStdString(), secret(passphrase));
    }
    QString path(const char* name) const { return m_folder + QLatin1Char('/') + QLatin1String(name); }
    QByteArray content(const char* name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void overwrite(const char* name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static void write(FileKeystore& keystore, const crypto::DecryptionKey& dec, const crypto::SigningKey& sig) {
        QVERIFY(keystore.write(Entry::DecryptionKey, dec.toPkcs8()).ok());
        QVERIFY(keystore.write(Entry::SigningKey, sig.toPkcs8()).ok());
        QVERIFY(keystore.write(Entry::AccessToken, secret("token 1")).ok());
    }
    /// A copy of the one that beginAll() wrote: scrypt takes its time.
    void fill() {
        QVERIFY(QDir().mkpath(m_folder));
        QCOMPARE(::chmod(qPrintable(m_folder), 0700), 0);
        for (const QFileInfo& file : QDir(m_written.path()).entryInfoList(QDir::Files))
            QVERIFY(QFile::copy(file.filePath(), m_folder + QLatin1Char('/') + file.fileName()));
    }
    /// Once for all tests.
    void beginAll() {
        m_dec = std::move(crypto::DecryptionKey::generate()).value();
        m_otherDec = std::move(crypto::DecryptionKey::generate()).value();
        m_sig = std::move(crypto::SigningKey::generate()).value();
        FileKeystore keystore(m_written.path().toStdString(), secret("a passphrase"));
        write(keystore, *m_dec, *m_sig);
    }
    /// Before each of them.
    void begin() {
        m_parent = std::make_unique<QTemporaryDir>();
        m_folder = m_parent->filePath(QStringLiteral("a/keystore"));
    }
};

} // namespace sealwright::tests
