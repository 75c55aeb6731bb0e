#include "models/package/payload_sealer.h"
#include "models/package/zstd_stream.h"

#include <cstring>

namespace sealwright::package {
namespace {

/// Cuts what comes into segments, seals and writes each when it is known whether it is the last.
class SegmentWriter {
public:
    SegmentWriter(const PositionalFile& out, crypto::SegmentCipher cipher, std::uint64_t offset)
        : m_out(out), m_cipher(std::move(cipher)), m_offset(offset) {}

    Outcome<void> write(ByteView bytes) {
        while (!bytes.empty()) {
            if (m_filled == crypto::segmentSize) {
                if (Outcome<void> flushed = flush(false); !flushed) {
                    return flushed;
                }
            }
            const std::size_t length = std::min(bytes.size(), crypto::segmentSize - m_filled);
            std::memcpy(m_buffer.data() + m_filled, bytes.data(), length);
            m_filled += length;
            bytes = bytes.subspan(length);
        }
        return {};
    }

    Outcome<void> finish() { return flush(true); }
    std::uint64_t size() const { return m_size; }
    PartSum sum() const { return fold(m_sums, m_size); }

private:
    Outcome<void> flush(bool last) {
        const MutableBytes stored(m_buffer.data(), m_filled + crypto::segmentTag);
        if (m_sums.size() >= crypto::maxSegments ||
            !m_cipher.seal(m_sums.size(), last, ByteView(m_buffer.data(), m_filled), stored)) {
            return fail(Code::CryptoFailed);
        }
        m_sums.push_back(sumOf(stored));
        const std::uint64_t offset = m_offset + m_size;
        m_size += stored.size();
        m_filled = 0;
        return m_out.writeAt(offset, stored);
    }

    const PositionalFile& m_out;
    crypto::SegmentCipher m_cipher;
    const std::uint64_t m_offset;
    Bytes m_buffer = Bytes(crypto::packageBlock);
    std::size_t m_filled = 0;
    std::uint64_t m_size = 0;
    std::vector<BlockSum> m_sums;
};

Outcome<void> compressFile(const SealJob& job, const SourceFile& file, SegmentWriter& writer) {
    const Outcome<PositionalFile> open = openSource(file);
    if (!open) {
        return open.failed();
    }
    const std::uint64_t size = file.index.entry.size;
    ZstdCompressor compressor(size > 8 * crypto::segmentSize ? workersFor(job.threads, ~std::uint64_t{0}) : 1,
                              [&](ByteView bytes) { return writer.write(bytes); });
    Bytes buffer(crypto::segmentSize);
    std::uint64_t offset = 0;
    do {
        if (job.cancel.cancelled()) {
            return fail(Code::Cancelled);
        }
        const Outcome<std::size_t> got = open->readAt(offset, buffer);
        if (!got) {
            return got.failed();
        }
        if (Outcome<void> same = sourceUnchanged(*open, file); !same) {
            return same;
        }
        const std::uint64_t length = std::min<std::uint64_t>(buffer.size(), size - offset);
        if (*got != length) {
            Where where;
            where.file = file.diskPath;
            return fail({Code::DataChangedWhileRead, where, {file.diskPath}});
        }
        offset += length;
        if (Outcome<void> written = compressor.write(ByteView(buffer.data(), length), offset == size); !written) {
            return written;
        }
        job.progress.add(length);
    } while (offset < size);
    return writer.finish();
}

} // namespace

Outcome<StoredPayloads> sealCompressed(const SealJob& job) {
    StoredPayloads result;
    result.end = job.begin;
    for (const SourceFile& file : job.files) {
        if (file.index.payload == 0) {
            continue;
        }
        ZipEntry entry;
        entry.name = payloadName(file.index.payload);
        Outcome<crypto::SegmentCipher> cipher = job.keys.cipherFor(entry.name);
        if (!cipher) {
            return cipher.failed();
        }
        // The header stands before what it counts: its length follows from the longest that the stream can become.
        entry.zip64 = needsZip64(storedSize(compressedAtMost(file.index.entry.size)));
        SegmentWriter writer(job.out, std::move(cipher).value(), result.end + localHeaderSize(entry.name, entry.zip64));
        if (const Outcome<void> written = compressFile(job, file, writer); !written) {
            return written.failed();
        }
        entry.size = writer.size();
        PartSum sum = writer.sum();
        entry.crc = sum.crc;
        result.end = place(entry, result.end);
        result.entries.push_back(std::move(entry));
        result.digests.push_back(std::move(sum.digest));
    }
    return result;
}

} // namespace sealwright::package
