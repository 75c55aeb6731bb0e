#include "app/keychain/file_keystore.h"

#include "app/keychain/private_file.h"
#include "crypto/jose/jws.h"
#include "models/domain/cancel.h"
#include "models/domain/time.h"

#include <algorithm>
#include <unistd.h>

namespace sealwright {

namespace {

using crypto::SecretBytes;

Failure damaged(const std::string& path) {
    return Failure(Code::KeychainFailed, {path, "damaged"});
}

/// A kid, or nothing: it becomes a part of a file's name.
bool isFileName(const std::string& name) {
    constexpr std::size_t longest = 64;
    return name.size() <= longest && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                      c == '_';
           });
}

/// The public half of a PKCS#8 DER, where it is a key of that entry's kind.
Outcome<crypto::JwkSet> publicHalf(SecretStore::Entry entry, const SecretBytes& der, const std::string& place) {
    crypto::JwkSet half;
    if (entry == SecretStore::Entry::DecryptionKey) {
        const auto key = crypto::DecryptionKey::fromPkcs8(der);
        if (!key)
            return fail(Failure(Code::KeyWrong, {place}));
        half.enc.push_back(key->publicKey());
    } else {
        const auto key = crypto::SigningKey::fromPkcs8(der);
        if (!key)
            return fail(Failure(Code::KeyWrong, {place}));
        half.sig.push_back(key->publicKey());
    }
    return half;
}

std::string explanation(const crypto::JwkSet& half) {
    const bool signing = half.enc.empty();
    return std::string("Sealwright keystore: ") +
           (signing ? "signing key (Ed25519), signs in this machine's name."
                    : "recipient key (RSA), opens what was sealed for this machine.") +
           "\nkid: " + (signing ? half.sig.front().kid : half.enc.front().kid) + "\nwritten: " + toRfc3339(now()) +
           "\nRead it with: openssl pkey -in FILE\n\n";
}

} // namespace

FileKeystore::FileKeystore(std::string folder, Passphrase passphrase)
    : m_folder(std::move(folder)), m_ask(std::move(passphrase)) {}

FileKeystore::FileKeystore(std::string folder, const SecretBytes& passphrase)
    : m_folder(std::move(folder)), m_passphrase(std::make_shared<const SecretBytes>(passphrase.clone())) {}

std::string FileKeystore::pathOf(const Place& place) const {
    const std::string name = place.name.empty() ? std::string() : "-" + place.name;
    switch (place.entry) {
    case Entry::DecryptionKey:
        return m_folder + "/decryption-key" + name + ".pem";
    case Entry::SigningKey:
        return m_folder + "/signing-key" + name + ".pem";
    case Entry::AccessToken:
        break;
    }
    return m_folder + "/token" + name + ".jwe";
}

Outcome<FileKeystore::Given> FileKeystore::passphrase(bool first, const Given& wrong) {
    const Cancel cancel = Cancel::current();
    const auto woken = cancel.onCancel([this] {
        const std::lock_guard lock(m_mutex);
        m_answered.notify_all();
    });
    std::unique_lock lock(m_mutex);
    if (m_ask && wrong && m_passphrase == wrong)
        m_passphrase.reset();
    const unsigned refusals = m_refusals;
    m_answered.wait(lock, [&] { return !m_asking || cancel.cancelled(); });
    if (cancel.cancelled())
        return fail(Code::Cancelled);
    if (m_refusals != refusals)
        return fail(m_refused);
    if (m_ask && !m_passphrase)
        return asked(lock, {first, wrong != nullptr, m_folder});
    return m_passphrase && !m_passphrase->empty() ? Outcome<Given>(m_passphrase) : fail(Code::KeyPassphraseWrong);
}

Outcome<FileKeystore::Given> FileKeystore::asked(std::unique_lock<std::mutex>& lock, const Wish& wish) {
    m_asking = true;
    lock.unlock();
    auto given = m_ask(wish);
    lock.lock();
    m_asking = false;
    m_answered.notify_all();
    if (given && given->empty())
        return fail(Code::KeyPassphraseWrong);
    if (given)
        return m_passphrase = std::make_shared<const SecretBytes>(std::move(*given));
    // One who was cancelled has said nothing for the others.
    if (given.error().code != Code::Cancelled) {
        m_refused = given.error();
        ++m_refusals;
    }
    return given.failed();
}

Outcome<SecretBytes> FileKeystore::decrypted(const std::string& path, std::string_view pem) {
    Given wrong;
    for (;;) {
        auto pass = passphrase(false, wrong);
        if (!pass)
            return pass.failed();
        auto der = crypto::decryptPkcs8Pem(pem, **pass);
        if (der)
            return std::move(*der);
        if (der.error() != crypto::Error::WrongPassphrase)
            return fail(damaged(path));
        if (!m_ask)
            return fail(Code::KeyPassphraseWrong);
        wrong = std::move(*pass);
    }
}

Outcome<SecretBytes> FileKeystore::read(const Place& place) {
    if (!isFileName(place.name))
        return fail(Code::InternalBug);
    if (auto safe = checkPrivateFolder(m_folder); !safe)
        return safe.failed();
    return place.entry == Entry::AccessToken ? readToken(place.name) : readKey(place);
}

Outcome<SecretBytes> FileKeystore::readKey(const Place& place) {
    const std::string path = pathOf(place);
    const auto pem = readPrivateFile(path);
    if (!pem)
        return pem.failed();
    if (!*pem)
        return fail(Failure(Code::KeyMissing, {m_folder}));
    // A key that somebody left here unencrypted is not a keystore's file.
    if ((*pem)->find("-----BEGIN ENCRYPTED PRIVATE KEY-----") == std::string::npos)
        return fail(damaged(path));
    auto der = decrypted(path, **pem);
    if (!der)
        return der;
    if (const auto half = publicHalf(place.entry, *der, m_folder); !half)
        return half.failed();
    return std::move(*der);
}

Outcome<SecretBytes> FileKeystore::readToken(const std::string& name) {
    const std::string path = pathOf({Entry::AccessToken, name});
    const auto jwe = readPrivateFile(path);
    if (!jwe)
        return jwe.failed();
    if (!*jwe)
        return fail(Failure(Code::KeyMissing, {m_folder}));
    const auto der = readKey({Entry::DecryptionKey, name});
    if (!der)
        return der.failed();
    const auto key = crypto::DecryptionKey::fromPkcs8(*der);
    if (!key)
        return fail(Failure(Code::KeyWrong, {m_folder}));
    auto token = crypto::decryptJwe(**jwe, *key);
    if (!token)
        return fail(token.error() == crypto::Error::UnknownKey ? Failure(Code::KeyWrong, {m_folder}) : damaged(path));
    return std::move(*token);
}

Outcome<void> FileKeystore::write(const Place& place, const SecretBytes& secret) {
    if (!isFileName(place.name))
        return fail(Code::InternalBug);
    if (auto made = makePrivateFolder(m_folder); !made)
        return made;
    const auto lock = FolderLock::take(m_folder);
    if (!lock)
        return lock.failed();
    return place.entry == Entry::AccessToken ? writeToken(place.name, secret) : writeKey(place, secret);
}

/// One keystore, one passphrase: another than the first key's would only be noticed when it is too late. KeyMissing
/// where there is no key yet.
Outcome<void> FileKeystore::opensWhatIsThere() {
    for (const Entry entry : {Entry::DecryptionKey, Entry::SigningKey}) {
        if (::access(pathOf(entry).c_str(), F_OK) != 0)
            continue;
        const auto opened = readKey(entry);
        return opened ? Outcome<void>() : opened.failed();
    }
    return fail(Code::KeyMissing);
}

/// Whether the public half of that kid is of the key in that place. The one without a name is the one whose file has
/// none.
bool FileKeystore::isOf(const Place& place, const std::string& kid) const {
    return place.name.empty() ? ::access(pathOf({place.entry, kid}).c_str(), F_OK) != 0 : kid == place.name;
}

void FileKeystore::eraseHalf(crypto::JwkSet& halves, const Place& place) const {
    const auto its = [&](const auto& key) { return isOf(place, key.kid); };
    if (place.entry == Entry::SigningKey)
        std::erase_if(halves.sig, its);
    else
        std::erase_if(halves.enc, its);
}

Outcome<void> FileKeystore::writeKey(const Place& place, const SecretBytes& der) {
    const std::string path = pathOf(place);
    if (::access(path.c_str(), F_OK) == 0)
        return fail(Failure(Code::KeyExists, {std::string(), m_folder}));
    const auto half = publicHalf(place.entry, der, m_folder);
    if (!half)
        return half.failed();
    auto halves = publicHalves();
    if (!halves)
        return halves.failed();
    const auto opened = opensWhatIsThere();
    const bool first = !opened && opened.error().code == Code::KeyMissing;
    if (!opened && !first)
        return opened.failed();
    const auto pass = passphrase(first);
    if (!pass)
        return pass.failed();
    const auto pem = crypto::encryptPkcs8Pem(der, **pass);
    if (!pem)
        return fail(codeFor(pem.error()));
    // A public half too many does no harm, so it goes first.
    eraseHalf(*halves, place);
    halves->enc.insert(halves->enc.end(), half->enc.begin(), half->enc.end());
    halves->sig.insert(halves->sig.end(), half->sig.begin(), half->sig.end());
    if (auto written = writePublicHalves(*halves); !written)
        return written;
    return writePrivateFile(path, explanation(*half) + *pem, false);
}

Outcome<void> FileKeystore::writeToken(const std::string& name, const SecretBytes& token) {
    const auto halves = publicHalves();
    if (!halves)
        return halves.failed();
    const auto key = std::find_if(halves->enc.begin(), halves->enc.end(), [&](const auto& one) {
        return isOf({Entry::DecryptionKey, name}, one.kid);
    });
    if (key == halves->enc.end() || ::access(pathOf({Entry::DecryptionKey, name}).c_str(), F_OK) != 0)
        return fail(Failure(Code::KeyMissing, {m_folder}));
    const auto jwe = crypto::encryptJwe(token, *key);
    if (!jwe)
        return fail(codeFor(jwe.error()));
    return writePrivateFile(pathOf({Entry::AccessToken, name}), *jwe, true);
}

Outcome<void> FileKeystore::remove(const Place& place) {
    if (!isFileName(place.name))
        return fail(Code::InternalBug);
    if (auto safe = checkPrivateFolder(m_folder); !safe)
        return safe;
    if (::access(m_folder.c_str(), F_OK) != 0)
        return {};
    const auto lock = FolderLock::take(m_folder);
    if (!lock)
        return lock.failed();
    if (auto removed = removePrivateFile(pathOf(place)); !removed || place.entry == Entry::AccessToken)
        return removed;
    auto halves = publicHalves();
    if (!halves)
        return halves.failed();
    eraseHalf(*halves, place);
    return writePublicHalves(*halves);
}

Outcome<crypto::JwkSet> FileKeystore::publicHalves() const {
    const std::string path = m_folder + "/keys.json";
    const auto text = readPrivateFile(path);
    if (!text)
        return text.failed();
    if (!*text)
        return crypto::JwkSet();
    const auto json = crypto::parseControlJson(**text);
    if (!json)
        return fail(damaged(path));
    auto keys = crypto::jwkSetFromJson(*json);
    if (!keys)
        return fail(damaged(path));
    return std::move(*keys);
}

Outcome<void> FileKeystore::writePublicHalves(const crypto::JwkSet& keys) const {
    const std::string path = m_folder + "/keys.json";
    if (keys.enc.empty() && keys.sig.empty())
        return removePrivateFile(path);
    return writePrivateFile(path, crypto::writeControlJson(crypto::toJson(keys)) + "\n", true);
}

} // namespace sealwright
