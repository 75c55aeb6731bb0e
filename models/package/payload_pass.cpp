#include "models/package/payload_pass.h"

#include "models/package/zstd_stream.h"

#include <algorithm>

namespace sealwright::package {
namespace {

/// A failure of one payload's bytes, told by the file's path inside the package.
Failure named(const Failure& failure, const IndexFile& file) {
    Failure told = failure;
    if (told.facts.empty()) {
        told.facts = {file.entry.path};
    }
    return told;
}

struct Buffers {
    std::size_t part = static_cast<std::size_t>(-1);
    std::optional<crypto::SegmentCipher> cipher;
    PositionalFile out;
    Bytes stored = Bytes(crypto::packageBlock);
    Bytes plain = Bytes(crypto::segmentSize);
};

/// Everything that both ways of walking through payloads need.
class Pass {
public:
    Pass(const PackageReader& reader, const Opened* opened, ProgressMeter& progress, const Cancel& cancel)
        : m_reader(reader), m_opened(opened), m_progress(progress), m_cancel(cancel) {
        if (opened) {
            m_fileOf.resize(reader.payloads() + 1);
            for (const IndexFile& file : opened->files) {
                m_fileOf[file.payload] = &file; // 0 is unused
            }
        }
        const std::size_t parts = reader.payloads() + (opened ? 0 : 1);
        for (std::size_t i = 0; i < parts; ++i) {
            m_firstPiece.push_back(m_pieces);
            m_pieces += blocksOf(entry(i).size);
        }
    }

    /// Block by block, in any order: nothing is opened, or what is opened is not compressed.
    Outcome<void> byBlocks(unsigned threads) {
        if (m_opened) {
            if (Outcome<void> fits = sizesFit(); !fits) {
                return fits;
            }
        }
        m_sums.resize(m_pieces);
        std::vector<Buffers> buffers(workersFor(threads, m_pieces));
        const Outcome<void> done = inParallel(threads, m_pieces, m_cancel, [&](std::uint64_t piece, unsigned worker) {
            return block(piece, buffers[worker]);
        });
        if (!done) {
            return done;
        }
        for (std::size_t i = 0; i < m_firstPiece.size(); ++i) {
            const std::uint64_t end = i + 1 < m_firstPiece.size() ? m_firstPiece[i + 1] : m_pieces;
            const std::span<const BlockSum> blocks(m_sums.data() + m_firstPiece[i], end - m_firstPiece[i]);
            if (Outcome<void> same = m_reader.compare(entry(i), fold(blocks, entry(i).size)); !same) {
                return same;
            }
        }
        return {};
    }

    /// Payload by payload, each from its first segment to its last.
    Outcome<void> expanding(unsigned threads) {
        std::vector<Buffers> buffers(workersFor(threads, m_firstPiece.size()));
        return inParallel(threads, m_firstPiece.size(), m_cancel,
                          [&](std::uint64_t part, unsigned worker) { return expand(part, buffers[worker]); });
    }

private:
    /// Part i is payload i + 1; behind the last payload stands the index.
    const ZipEntry& entry(std::size_t part) const {
        return part < m_reader.payloads() ? m_reader.payload(part + 1) : m_reader.index();
    }
    const IndexFile& file(std::size_t part) const { return *m_fileOf[part + 1]; }

    /// Uncompressed, a stream's length says how long the file is.
    Outcome<void> sizesFit() const {
        for (std::size_t i = 0; i < m_firstPiece.size(); ++i) {
            const std::uint64_t expected = storedSize(file(i).entry.size);
            if (entry(i).size != expected) {
                const Code code = entry(i).size > expected ? Code::PackageTooLarge : Code::AuthTruncated;
                return fail({code, {file(i).entry.path}});
            }
        }
        return {};
    }

    /// Makes the buffers those of a part: its key, its file.
    Outcome<void> turnTo(std::size_t part, Buffers& buffers) const {
        if (!m_opened || buffers.part == part) {
            return {};
        }
        Outcome<crypto::SegmentCipher> cipher = m_reader.cipherFor(m_opened->dek, entry(part));
        if (!cipher) {
            return cipher.failed();
        }
        buffers.cipher.emplace(std::move(cipher).value());
        buffers.part = part;
        if (m_opened->target) {
            Outcome<PositionalFile> out = m_opened->target->openToWrite(file(part));
            if (!out) {
                return out.failed();
            }
            buffers.out = std::move(out).value();
        }
        return {};
    }

    /// Reads one block of a part, counts it, and with a key opens it into buffers.plain; gives the plaintext.
    Outcome<ByteView> readBlock(std::size_t part, std::uint64_t number, Buffers& buffers, BlockSum& sum) {
        const std::uint64_t offset = number * crypto::packageBlock;
        const std::uint64_t length = std::min<std::uint64_t>(entry(part).size - offset, crypto::packageBlock);
        const MutableBytes stored(buffers.stored.data(), length);
        const Outcome<std::size_t> got = m_reader.file().readAt(entry(part).dataOffset + offset, stored);
        if (!got) {
            return got.failed();
        }
        if (*got != length) {
            return fail({Code::DataChangedWhileRead, {entry(part).name}});
        }
        sum = sumOf(stored);
        m_progress.add(length);
        if (!m_opened) {
            return ByteView();
        }
        const MutableBytes plain(buffers.plain.data(), length - crypto::segmentTag);
        const bool last = offset + length == entry(part).size;
        if (const Outcome<void> opened = openSegment(*buffers.cipher, number, last, stored, plain); !opened) {
            return fail(named(opened.error(), file(part)));
        }
        return ByteView(plain);
    }

    Outcome<void> block(std::uint64_t piece, Buffers& buffers) {
        const auto after = std::upper_bound(m_firstPiece.begin(), m_firstPiece.end(), piece);
        const auto part = static_cast<std::size_t>(after - m_firstPiece.begin()) - 1;
        if (Outcome<void> turned = turnTo(part, buffers); !turned) {
            return turned;
        }
        const std::uint64_t number = piece - m_firstPiece[part];
        const Outcome<ByteView> plain = readBlock(part, number, buffers, m_sums[piece]);
        if (!plain) {
            return plain.failed();
        }
        return m_opened && m_opened->target ? buffers.out.writeAt(number * crypto::segmentSize, *plain)
                                            : Outcome<void>();
    }

    Outcome<void> expand(std::size_t part, Buffers& buffers) {
        if (Outcome<void> turned = turnTo(part, buffers); !turned) {
            return turned;
        }
        std::uint64_t written = 0;
        ZstdExpander expander(file(part).entry.size, [&](ByteView bytes) {
            const std::uint64_t offset = written;
            written += bytes.size();
            return m_opened->target ? buffers.out.writeAt(offset, bytes) : Outcome<void>();
        });
        std::vector<BlockSum> sums(blocksOf(entry(part).size));
        for (std::uint64_t number = 0; number < sums.size(); ++number) {
            if (m_cancel.cancelled()) {
                return fail(Code::Cancelled);
            }
            const Outcome<ByteView> plain = readBlock(part, number, buffers, sums[number]);
            if (!plain) {
                return plain.failed();
            }
            if (const Outcome<void> expanded = expander.write(*plain); !expanded) {
                return fail(named(expanded.error(), file(part)));
            }
        }
        if (const Outcome<void> finished = expander.finish(); !finished) {
            return fail(named(finished.error(), file(part)));
        }
        return m_reader.compare(entry(part), fold(sums, entry(part).size));
    }

    const PackageReader& m_reader;
    const Opened* m_opened;
    ProgressMeter& m_progress;
    const Cancel& m_cancel;
    std::vector<const IndexFile*> m_fileOf;  ///< by payload number
    std::vector<std::uint64_t> m_firstPiece; ///< of each part
    std::vector<BlockSum> m_sums;
    std::uint64_t m_pieces = 0;
};

} // namespace

Outcome<void> passPayloads(const PackageReader& reader, const Opened* opened, unsigned threads, ProgressMeter& progress,
                           const Cancel& cancel) {
    Pass pass(reader, opened, progress, cancel);
    return opened && reader.manifest().package->zstd ? pass.expanding(threads) : pass.byBlocks(threads);
}

std::uint64_t bytesToPass(const PackageReader& reader) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 1; i <= reader.payloads(); ++i) {
        bytes += reader.payload(i).size;
    }
    return bytes;
}

} // namespace sealwright::package
