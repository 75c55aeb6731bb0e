#include "app/s3/slice_hash.h"

#include "crypto/stream/digest.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>

namespace sealwright::s3 {

namespace {

constexpr std::size_t block = 256u << 10; ///< stays in a core's cache between reading and hashing
constexpr qsizetype md5Length = 16;

std::string base64(ByteView bytes) {
    return QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
        .toBase64()
        .toStdString();
}

} // namespace

Outcome<SliceHash> hashSlice(const ByteSource& source, std::uint64_t offset, std::uint64_t length,
                             const Cancel& cancel) {
    crypto::Sha256 hash;
    Bytes bytes(std::min<std::uint64_t>(length, block));
    for (std::uint64_t done = 0; done < length;) {
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        const auto got = source.readAt(offset + done,
                                       MutableBytes(bytes).first(std::min<std::uint64_t>(bytes.size(), length - done)));
        if (!got)
            return got.failed();
        if (*got == 0)
            return fail(Failure(Code::DataChangedWhileRead, Where{source.name(), {}, {}, {}}));
        hash.update(ByteView(bytes).first(*got));
        done += *got;
    }
    const crypto::Sha256Digest digest = hash.finish();
    return SliceHash{base64(digest), crypto::hexLower(digest)};
}

std::string base64OfHex(const std::string& hex) {
    return QByteArray::fromHex(QByteArray::fromStdString(hex)).toBase64().toStdString();
}

std::string hexOfBase64(const std::string& base64) {
    return QByteArray::fromBase64(QByteArray::fromStdString(base64)).toHex().toStdString();
}

PartsDigest digestOfParts(const std::vector<std::string>& hashes, const std::vector<std::string>& etags) {
    const std::string count = "-" + std::to_string(hashes.size());
    QCryptographicHash sha256(QCryptographicHash::Sha256), md5(QCryptographicHash::Md5);
    for (const std::string& hash : hashes)
        sha256.addData(QByteArray::fromHex(QByteArray::fromStdString(hash)));
    PartsDigest digest{sha256.result().toBase64().toStdString() + count, {}};
    for (const std::string& etag : etags) {
        const QByteArray raw = QByteArray::fromHex(QByteArray::fromStdString(etag));
        if (raw.size() != md5Length)
            return digest;
        md5.addData(raw);
    }
    digest.etag = "\"" + md5.result().toHex().toStdString() + count + "\"";
    return digest;
}

} // namespace sealwright::s3
