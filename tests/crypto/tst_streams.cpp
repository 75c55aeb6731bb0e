#include "crypto/stream/digest.h"
#include "crypto/stream/segments.h"
#include "tests/support/rows.h"
#include "tests/support/vector_keys.h"

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

namespace {

bool collect(void* context, ByteView bytes) {
    Bytes& out = *static_cast<Bytes*>(context);
    out.insert(out.end(), bytes.begin(), bytes.end());
    return true;
}

bool refuse(void*, ByteView) {
    return false;
}

SecretBytes payloadKey(const std::string& name) {
    return derivePayloadKey(vectorDek(), vectorRun(), name);
}

template <class Stream>
crypto::Result<void> feed(Stream& stream, ByteView bytes, std::size_t cut) {
    while (!bytes.empty()) {
        const std::size_t part = std::min(cut, bytes.size());
        if (auto done = stream.write(bytes.first(part)); !done) {
            return done;
        }
        bytes = bytes.subspan(part);
    }
    return stream.finish();
}

Bytes sealStream(const SecretBytes& key, ByteView plaintext, std::size_t cut = segmentSize) {
    Bytes out;
    auto sealer = StreamSealer::make(key, collect, &out);
    return feed(*sealer, plaintext, cut) ? out : Bytes();
}

crypto::Result<Bytes> openStream(const SecretBytes& key, ByteView stored, std::size_t cut = segmentSize) {
    Bytes out;
    auto opener = StreamOpener::make(key, collect, &out);
    const auto done = feed(*opener, stored, cut);
    return done ? crypto::Result<Bytes>(out) : done.failed();
}

std::string digestOf(ByteView bytes, std::size_t blockSize, std::size_t cut) {
    BlockDigest digest(blockSize);
    while (!bytes.empty()) {
        const std::size_t part = std::min(cut, bytes.size());
        digest.update(bytes.first(part));
        bytes = bytes.subspan(part);
    }
    return digest.finish();
}

constexpr std::size_t cuts[] = {
    1000, 65536, segmentSize - 1, segmentSize, segmentSize + 16, segmentSize + 17, 10 * segmentSize};

} // namespace

class TestStreams : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streams_data() {
        addRows(cases("streams", {"name", "cipher", "payload", "length", "stored", "stored_sha256", "digest"}));
    }
    void streams();
    void refusedStreams_data() {
        addRows(cases("streams_refused", {"name", "payload", "length", "pieces", "stored", "error"}));
    }
    void refusedStreams();
    void digests_data() { addRows(cases("digests", {"name", "length", "digest"})); }
    void digests();
    void sourceChecks_data() { addRows(cases("source_check", {"name", "source", "length", "value"})); }
    void sourceChecks();
    void saysWhatIsWrong();
    void everyBitMatters();
    void errorsAreSticky();
    void nothingFollowsTheEnd();
    void emptyLastSegment();
    void segmentLimits();
    void keysAreChecked();
};

void TestStreams::streams() {
    const Vector& one = rowCase("streams");
    QCOMPARE(text(one, "cipher"), std::string("A256GCM"));
    const SecretBytes key = payloadKey(text(one, "payload"));
    const Bytes plaintext = countedBytes(one.at("length").get<std::size_t>());
    const Bytes stored = sealStream(key, plaintext);
    QCOMPARE(stored.size(), one.at("stored").get<std::size_t>());
    QCOMPARE(hexLower(sha256(stored)), text(one, "stored_sha256"));
    QCOMPARE(digestOf(stored, packageBlock, 12345), text(one, "digest"));
    for (const std::size_t cut : cuts) {
        QVERIFY(sealStream(key, plaintext, cut) == stored);
        const auto opened = openStream(key, stored, cut);
        QVERIFY(opened);
        QVERIFY(*opened == plaintext);
    }
}

void TestStreams::refusedStreams() {
    const Vector& one = rowCase("streams_refused");
    const SecretBytes key = payloadKey(text(one, "payload"));
    Bytes stored;
    if (one.contains("stored")) {
        stored = b64(text(one, "stored"));
    } else {
        const Bytes good = sealStream(key, countedBytes(one.at("length").get<std::size_t>()));
        for (const Vector& piece : one.at("pieces")) {
            stored.insert(stored.end(), good.begin() + piece.at(0).get<std::ptrdiff_t>(),
                          good.begin() + piece.at(1).get<std::ptrdiff_t>());
        }
    }
    for (const std::size_t cut : cuts) {
        QVERIFY(!openStream(key, stored, cut));
    }
}

void TestStreams::digests() {
    const Vector& one = rowCase("digests");
    const Bytes bytes = countedBytes(one.at("length").get<std::size_t>());
    for (const std::size_t cut : cuts) {
        QCOMPARE(digestOf(bytes, datasetBlock, cut), text(one, "digest"));
    }
    BlockDigest fromHashes(datasetBlock);
    for (std::size_t at = 0; at < bytes.size(); at += datasetBlock) {
        fromHashes.addBlock(sha256(ByteView(bytes).subspan(at, std::min(datasetBlock, bytes.size() - at))));
    }
    QCOMPARE(fromHashes.finish(), text(one, "digest"));
}

void TestStreams::sourceChecks() {
    const Vector& one = rowCase("source_check");
    const SecretBytes key = deriveSourceKey(vectorDek(), vectorRun());
    Bytes source;
    if (one.contains("source")) {
        const std::string written = text(one, "source");
        source.assign(written.begin(), written.end());
    } else {
        source = countedBytes(one.at("length").get<std::size_t>());
    }
    for (const std::size_t cut : cuts) {
        auto check = SourceCheck::make(key);
        for (std::size_t at = 0; at < source.size(); at += cut) {
            check->update(ByteView(source).subspan(at, std::min(cut, source.size() - at)));
        }
        QCOMPARE(check->finish(), b64(text(one, "value")));
    }
    auto tagger = SourceBlockTagger::make(key);
    auto fromTags = SourceCheck::make(key);
    std::uint64_t counter = 0;
    for (std::size_t at = 0; at < source.size() || counter == 0; at += datasetBlock, ++counter) {
        const ByteView block = ByteView(source).subspan(at, std::min(datasetBlock, source.size() - at));
        fromTags->addTag(tagger->tag(counter, at + datasetBlock >= source.size(), block));
    }
    QCOMPARE(fromTags->finish(), b64(text(one, "value")));
}

void TestStreams::saysWhatIsWrong() {
    const SecretBytes key = payloadKey("payload/1");
    const Bytes good = sealStream(key, countedBytes(segmentSize + 5));
    const ByteView all(good);
    QCOMPARE(openStream(key, all.first(packageBlock)).error(), Error::Truncated);
    QCOMPARE(openStream(key, all.first(packageBlock + 10)).error(), Error::Truncated);
    QCOMPARE(openStream(key, {}).error(), Error::Truncated);
    QCOMPARE(openStream(key, all.first(good.size() - 1)).error(), Error::NotAuthentic);
    const Bytes whole = sealStream(key, countedBytes(segmentSize));
    Bytes twice = whole;
    twice.insert(twice.end(), whole.begin(), whole.end());
    QCOMPARE(openStream(key, twice).error(), Error::TrailingData);
    QCOMPARE(openStream(payloadKey("payload/2"), good).error(), Error::NotAuthentic);
}

void TestStreams::everyBitMatters() {
    const SecretBytes key = payloadKey("payload/1");
    const Bytes good = sealStream(key, countedBytes(40));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            Bytes changed = good;
            changed[at] = static_cast<Byte>(changed[at] ^ 1 << bit);
            QCOMPARE(openStream(key, changed).error(), Error::NotAuthentic);
        }
    }
}

void TestStreams::errorsAreSticky() {
    const SecretBytes key = payloadKey("payload/1");
    auto sealer = StreamSealer::make(key, refuse, nullptr);
    QCOMPARE(sealer->write(countedBytes(segmentSize + 1)).error(), Error::LibraryFailure);
    QCOMPARE(sealer->write({}).error(), Error::LibraryFailure);
    QCOMPARE(sealer->finish().error(), Error::LibraryFailure);

    Bytes stored = sealStream(key, countedBytes(2 * segmentSize + 1));
    stored[0] ^= 1;
    Bytes released;
    auto opener = StreamOpener::make(key, collect, &released);
    QCOMPARE(opener->write(stored).error(), Error::NotAuthentic);
    stored[0] ^= 1;
    QCOMPARE(opener->write(stored).error(), Error::NotAuthentic);
    QCOMPARE(opener->finish().error(), Error::NotAuthentic);
    QVERIFY(released.empty());
}

void TestStreams::nothingFollowsTheEnd() {
    const SecretBytes key = payloadKey("payload/1");
    Bytes out;
    auto sealer = StreamSealer::make(key, collect, &out);
    QVERIFY(sealer->finish());
    QVERIFY(!sealer->write(countedBytes(1)));
    QVERIFY(!sealer->finish());
    Bytes back;
    auto opener = StreamOpener::make(key, collect, &back);
    QVERIFY(opener->write(out));
    QVERIFY(opener->finish());
    QVERIFY(!opener->write(out));
    QVERIFY(!opener->finish());
}

void TestStreams::emptyLastSegment() {
    // Authentic, but §6 has an empty segment only where the whole plaintext is empty.
    const SecretBytes key = payloadKey("payload/1");
    auto cipher = SegmentCipher::make(key);
    Bytes stored(packageBlock + segmentTag);
    QVERIFY(cipher->seal(0, false, countedBytes(segmentSize), MutableBytes(stored).first(packageBlock)));
    QVERIFY(cipher->seal(1, true, {}, MutableBytes(stored).last(segmentTag)));
    QVERIFY(!openStream(key, stored));
}

void TestStreams::segmentLimits() {
    auto cipher = SegmentCipher::make(payloadKey("payload/1"));
    Bytes room(segmentSize + 17);
    QCOMPARE(cipher->seal(maxSegments, false, countedBytes(1), MutableBytes(room).first(17)).error(),
             Error::LimitReached);
    QCOMPARE(cipher->seal(0, false, countedBytes(segmentSize + 1), room).error(), Error::LimitReached);
    QCOMPARE(cipher->seal(0, false, countedBytes(5), MutableBytes(room).first(20)).error(), Error::LimitReached);
    QVERIFY(cipher->seal(maxSegments - 1, true, countedBytes(1), MutableBytes(room).first(17)));
    Bytes back(1);
    QVERIFY(cipher->open(maxSegments - 1, true, ByteView(room).first(17), back));
    QCOMPARE(int{back[0]}, 0);
    QCOMPARE(cipher->open(maxSegments, true, ByteView(room).first(17), back).error(), Error::LimitReached);
    QCOMPARE(cipher->open(0, true, ByteView(room).first(15), {}).error(), Error::Truncated);
    QCOMPARE(cipher->open(0, true, ByteView(room).first(18), back).error(), Error::LimitReached);
    // In place, and wiped where it does not open.
    Bytes same = countedBytes(32);
    same.resize(48);
    QVERIFY(cipher->seal(3, false, ByteView(same).first(32), same));
    QVERIFY(!cipher->open(4, false, same, MutableBytes(same).first(32)));
    QVERIFY(std::all_of(same.begin(), same.begin() + 32, [](Byte byte) { return byte == 0; }));
}

void TestStreams::keysAreChecked() {
    Bytes out;
    QCOMPARE(SegmentCipher::make(SecretBytes(16)).error(), Error::BadKey);
    QCOMPARE(StreamSealer::make(SecretBytes(16), collect, &out).error(), Error::BadKey);
    QCOMPARE(StreamOpener::make(SecretBytes(16), collect, &out).error(), Error::BadKey);
    QCOMPARE(SourceCheck::make(SecretBytes(16)).error(), Error::BadKey);
    QCOMPARE(SourceBlockTagger::make(SecretBytes(16)).error(), Error::BadKey);
}

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_streams.moc"
