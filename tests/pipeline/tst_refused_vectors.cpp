#include "crypto/jose/jws.h"
#include "tests/pipeline/vector_support.h"

using namespace sealwright;
using namespace sealwright::tests;

// Stored datasets that were tampered with: each is refused or reported, as the known answers say.
class RefusedVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seen_data() { vectors::rows("datasets_refused", 78); }
    void seen();
};

namespace {

struct Seen {
    bool refused = false;
    std::string why;
    std::string restored;
    std::uint64_t findings = 0;
};

template <class R>
Seen refuse(const char* step, const R&) {
    return {true, step, {}, 0};
}

Outcome<crypto::SecretBytes> unwrap(const std::vector<RecipientSlot>& slots, const crypto::DecryptionKey& key) {
    for (const RecipientSlot& slot : slots) {
        if (slot.kid != key.kid() || slot.held())
            continue;
        auto dek = key.unwrap(slot.wrappedKey);
        if (!dek.ok())
            return fail(Failure(Code::KeyNotForThis));
        return std::move(*dek);
    }
    return fail(Failure(Code::KeyMissing));
}

Seen read(const Vector& one, const pipeline::RunOptions& options) {
    const std::string document = text(one, "manifest");
    const auto signer = crypto::verifyDetached(text(one, "jws"), "sealwright-manifest", document,
                                               vectors::verificationKeys(one.at("known")));
    if (!signer.ok())
        return refuse("signature", signer);
    const auto manifest = parseManifest(document);
    if (!manifest.ok())
        return refuse("manifest", manifest);
    const auto machine = vectors::decryptionKey();
    const auto dek = unwrap(manifest->recipients, machine);
    if (!dek.ok())
        return refuse("key", dek);
    pipeline::Keys keys;
    keys.dek = &*dek;
    Outcome<crypto::SecretBytes> join = crypto::SecretBytes();
    if (manifest->joinKey) {
        join = unwrap(manifest->joinKey->recipients, machine);
        if (!join.ok())
            return refuse("join key", join);
        keys.joinKey = &*join;
    }
    const auto stored = memorySource(textOrBytes(one, "stored"), "stored");
    const auto same = pipeline::contentMatches(*stored, manifest->content[0], options);
    if (!same.ok())
        return refuse("content", same);
    MemorySink sink;
    const auto opened = pipeline::decryptDataset(*stored, &sink, *manifest, keys, options);
    if (!opened.ok())
        return {true, say(opened), {}, 0};
    return {false, "", sink.bytes(), opened->findingsCount + (*same ? 0 : 1)};
}

} // namespace

void RefusedVectors::seen() {
    const Vector& one = vectors::current("datasets_refused");
    QVERIFY(vectors::onlyMembers(one, {"name", "stored", "manifest", "jws", "known", "restored", "error", "seen"}));
    for (const auto& options : everyWay()) {
        const Seen seen = read(one, options);
        if (!refused(one)) {
            QVERIFY2(!seen.refused, seen.why.c_str());
            QCOMPARE(seen.findings, std::uint64_t(0));
            QCOMPARE(seen.restored, text(one, "restored"));
        } else if (text(one, "seen") == "reported") {
            QVERIFY2(!seen.refused, seen.why.c_str());
            QVERIFY(seen.findings > 0);
        } else {
            QCOMPARE(text(one, "seen"), std::string("refused"));
            QVERIFY2(seen.refused, "opened");
        }
    }
}

QTEST_GUILESS_MAIN(RefusedVectors)
#include "tst_refused_vectors.moc"
