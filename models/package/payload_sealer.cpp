#include "models/package/payload_sealer.h"

#include <algorithm>

namespace sealwright::package {
namespace {

Failure changed(const SourceFile& file) {
    Where where;
    where.file = file.diskPath;
    return {Code::DataChangedWhileRead, where, {file.diskPath}};
}

/// Segments after which the disk is asked to begin, so that the sync at the end is short. Fewer at once cost more than
/// they gain.
constexpr std::uint64_t writeOutStep = 8;

/// One worker's things, kept from segment to segment of the same file.
struct Worker {
    std::size_t file = static_cast<std::size_t>(-1);
    PositionalFile open;
    std::optional<crypto::SegmentCipher> cipher;
    Bytes buffer = Bytes(crypto::packageBlock);
};

class StoredSealer {
public:
    explicit StoredSealer(const SealJob& job) : m_job(job) {
        m_result.end = job.begin;
        for (std::size_t i = 0; i < job.files.size(); ++i) {
            const IndexFile& file = job.files[i].index;
            if (file.payload == 0) {
                continue;
            }
            ZipEntry entry;
            entry.name = payloadName(file.payload);
            entry.size = storedSize(file.entry.size);
            m_result.end = place(entry, m_result.end);
            m_result.entries.push_back(std::move(entry));
            m_files.push_back(i);
            m_firstPiece.push_back(m_pieces);
            m_pieces += segmentsOf(file.entry.size);
        }
    }

    Outcome<StoredPayloads> run() {
        if (Outcome<void> room = m_job.out.reserve(m_result.end); !room) {
            return room.failed();
        }
        m_sums.resize(m_pieces);
        std::vector<Worker> workers(workersFor(m_job.threads, m_pieces));
        const Outcome<void> sealed =
            inParallel(m_job.threads, m_pieces, m_job.cancel,
                       [&](std::uint64_t piece, unsigned worker) { return seal(piece, workers[worker]); });
        if (!sealed) {
            return sealed.failed();
        }
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            const std::uint64_t end = i + 1 < m_files.size() ? m_firstPiece[i + 1] : m_pieces;
            const std::span<const BlockSum> blocks(m_sums.data() + m_firstPiece[i], end - m_firstPiece[i]);
            PartSum sum = fold(blocks, m_result.entries[i].size);
            m_result.entries[i].crc = sum.crc;
            m_result.digests.push_back(std::move(sum.digest));
        }
        return std::move(m_result);
    }

private:
    Outcome<void> seal(std::uint64_t piece, Worker& worker) {
        const auto after = std::upper_bound(m_firstPiece.begin(), m_firstPiece.end(), piece);
        const auto number = static_cast<std::size_t>(after - m_firstPiece.begin()) - 1;
        const SourceFile& file = m_job.files[m_files[number]];
        const ZipEntry& entry = m_result.entries[number];
        if (worker.file != number) {
            Outcome<PositionalFile> open = openSource(file);
            if (!open) {
                return open.failed();
            }
            Outcome<crypto::SegmentCipher> cipher = m_job.keys.cipherFor(entry.name);
            if (!cipher) {
                return cipher.failed();
            }
            worker.file = number;
            worker.open = std::move(open).value();
            worker.cipher.emplace(std::move(cipher).value());
        }
        const std::uint64_t segment = piece - m_firstPiece[number];
        const std::uint64_t offset = segment * crypto::segmentSize;
        const bool last = segment + 1 == segmentsOf(file.index.entry.size);
        const std::size_t length =
            last ? static_cast<std::size_t>(file.index.entry.size - offset) : std::size_t{crypto::segmentSize};
        const MutableBytes plain(worker.buffer.data(), length);
        const Outcome<std::size_t> got = worker.open.readAt(offset, plain);
        if (!got) {
            return got.failed();
        }
        if (*got != length) {
            return fail(changed(file));
        }
        if (Outcome<void> same = sourceUnchanged(worker.open, file); !same) {
            return same;
        }
        const MutableBytes stored(worker.buffer.data(), length + crypto::segmentTag);
        if (!worker.cipher->seal(segment, last, plain, stored)) {
            return fail(Code::CryptoFailed);
        }
        m_sums[piece] = sumOf(stored);
        Outcome<void> written = m_job.out.writeAt(entry.dataOffset + segment * crypto::packageBlock, stored);
        if (const std::uint64_t done = segment + 1; written && done % writeOutStep == 0) {
            m_job.out.beginWriteOut(entry.dataOffset + (done - writeOutStep) * crypto::packageBlock,
                                    writeOutStep * crypto::packageBlock);
        }
        m_job.progress.add(length);
        return written;
    }

    const SealJob& m_job;
    StoredPayloads m_result;
    std::vector<std::size_t> m_files;        ///< of each payload
    std::vector<std::uint64_t> m_firstPiece; ///< of each payload
    std::vector<BlockSum> m_sums;            ///< of each piece
    std::uint64_t m_pieces = 0;
};

} // namespace

Outcome<crypto::SegmentCipher> PayloadKeys::cipherFor(std::string_view payloadName) const {
    crypto::Result<crypto::SegmentCipher> cipher =
        crypto::SegmentCipher::make(crypto::derivePayloadKey(dek, run, payloadName));
    if (!cipher) {
        return fail(Code::CryptoFailed);
    }
    return std::move(cipher).value();
}

Outcome<StoredPayloads> sealStored(const SealJob& job) {
    return StoredSealer(job).run();
}

Outcome<crypto::StreamSealer> PayloadKeys::sealerFor(std::string_view payloadName, crypto::StreamSealer::Sink sink,
                                                     void* context) const {
    crypto::Result<crypto::StreamSealer> sealer =
        crypto::StreamSealer::make(crypto::derivePayloadKey(dek, run, payloadName), sink, context);
    if (!sealer) {
        return fail(Code::CryptoFailed);
    }
    return std::move(sealer).value();
}

Outcome<Bytes> sealBytes(const PayloadKeys& keys, std::string_view payloadName, std::string_view plain) {
    Bytes stored;
    stored.reserve(storedSize(plain.size()));
    Outcome<crypto::StreamSealer> sealer = keys.sealerFor(
        payloadName,
        [](void* out, ByteView segment) {
            static_cast<Bytes*>(out)->insert(static_cast<Bytes*>(out)->end(), segment.begin(), segment.end());
            return true;
        },
        &stored);
    if (!sealer) {
        return sealer.failed();
    }
    if (!sealer->write(asBytes(plain)) || !sealer->finish()) {
        return fail(Code::CryptoFailed);
    }
    return stored;
}

Outcome<PositionalFile> openSource(const SourceFile& file) {
    Outcome<PositionalFile> open = PositionalFile::openToRead(file.diskPath, PositionalFile::Links::Refuse);
    if (open) {
        if (const Outcome<void> same = sourceUnchanged(*open, file); !same) {
            return same.failed();
        }
    }
    return open;
}

Outcome<void> sourceUnchanged(const PositionalFile& open, const SourceFile& file) {
    const Outcome<FileIdentity> identity = open.identity();
    if (!identity) {
        return identity.failed();
    }
    return *identity == file.identity ? Outcome<void>() : fail(changed(file));
}

} // namespace sealwright::package
