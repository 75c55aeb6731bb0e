#include "models/package/payload_sealer.h"
#include "models/package/zstd_stream.h"

#include <optional>

namespace sealwright::package {
namespace {

/// Seals what comes as a stream and writes its segments one behind the other.
class SegmentWriter {
public:
    SegmentWriter(const PositionalFile& out, std::uint64_t offset) : m_out(out), m_offset(offset) {}
    SegmentWriter(const SegmentWriter&) = delete;
    SegmentWriter& operator=(const SegmentWriter&) = delete;

    Outcome<void> begin(const PayloadKeys& keys, std::string_view name) {
        auto sealer = keys.sealerFor(
            name, [](void* writer, ByteView stored) { return static_cast<SegmentWriter*>(writer)->store(stored); },
            this);
        if (!sealer) {
            return sealer.failed();
        }
        m_sealer.emplace(std::move(*sealer));
        return {};
    }
    Outcome<void> write(ByteView bytes) { return told(m_sealer->write(bytes)); }
    Outcome<void> finish() { return told(m_sealer->finish()); }
    std::uint64_t size() const { return m_size; }
    PartSum sum() const { return fold(m_sums, m_size); }

private:
    bool store(ByteView stored) {
        m_sums.push_back(sumOf(stored));
        const Outcome<void> written = m_out.writeAt(m_offset + m_size, stored);
        m_size += stored.size();
        if (!written) {
            m_failure = written.error();
        }
        return written.ok();
    }

    /// The file's own failure, where it was that which stopped the stream.
    Outcome<void> told(const crypto::Result<void>& sealed) const {
        return sealed ? Outcome<void>() : fail(m_failure.value_or(Failure(Code::CryptoFailed)));
    }

    const PositionalFile& m_out;
    const std::uint64_t m_offset;
    std::optional<crypto::StreamSealer> m_sealer;
    std::optional<Failure> m_failure;
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
        // The header stands before what it counts: its length follows from the longest that the stream can become.
        entry.zip64 = needsZip64(storedSize(compressedAtMost(file.index.entry.size)));
        SegmentWriter writer(job.out, result.end + localHeaderSize(entry.name, entry.zip64));
        if (const Outcome<void> begun = writer.begin(job.keys, entry.name); !begun) {
            return begun.failed();
        }
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
