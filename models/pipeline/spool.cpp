#include "models/pipeline/spool.h"

#include "crypto/stream/segments.h"
#include "models/files/file_failure.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <unistd.h>

namespace sealwright::pipeline {
namespace {

using crypto::segmentSize;
using crypto::segmentTag;
constexpr std::size_t storedSize = segmentSize + segmentTag;

/// A descriptor of a file that has no name any more.
class NamelessFile {
public:
    NamelessFile(int fd, std::string folder) : m_fd(fd), m_folder(std::move(folder)) {}
    NamelessFile(const NamelessFile&) = delete;
    NamelessFile& operator=(const NamelessFile&) = delete;
    ~NamelessFile() { ::close(m_fd); }

    Outcome<void> writeAt(std::uint64_t offset, ByteView bytes) const {
        while (!bytes.empty()) {
            const auto n = ::pwrite(m_fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                return fail(files::fileFailure(m_folder, errno));
            bytes = bytes.subspan(static_cast<std::size_t>(n));
            offset += static_cast<std::uint64_t>(n);
        }
        return {};
    }

    Outcome<void> readAt(std::uint64_t offset, MutableBytes out) const {
        while (!out.empty()) {
            const auto n = ::pread(m_fd, out.data(), out.size(), static_cast<off_t>(offset));
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                return fail(files::fileFailure(m_folder, errno));
            out = out.subspan(static_cast<std::size_t>(n));
            offset += static_cast<std::uint64_t>(n);
        }
        return {};
    }

    static Outcome<std::shared_ptr<NamelessFile>> create(const std::string& folder) {
#ifdef O_TMPFILE
        if (const int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); fd >= 0)
            return std::make_shared<NamelessFile>(fd, folder);
#endif
        std::string path = folder + "/.sealwright-spool-XXXXXX";
        const int fd = ::mkostemp(path.data(), O_CLOEXEC);
        if (fd < 0)
            return fail(files::fileFailure(folder, errno));
        ::unlink(path.c_str());
        return std::make_shared<NamelessFile>(fd, folder);
    }

private:
    int m_fd;
    std::string m_folder;
};

/// Reads at any place: opens the segments that the bytes lie in.
class SpoolSource final : public ByteSource {
public:
    SpoolSource(std::shared_ptr<NamelessFile> file, crypto::SecretBytes key, std::uint64_t size, std::string name)
        : m_file(std::move(file)), m_key(std::move(key)), m_size(size), m_name(std::move(name)) {}

    std::uint64_t size() const override { return m_size; }
    std::string name() const override { return m_name; }

    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        auto opener = take();
        if (!opener.ok())
            return opener.failed();
        std::size_t done = 0;
        while (done < out.size() && offset < m_size) {
            const std::uint64_t counter = offset / segmentSize;
            if (auto opened = openSegment(**opener, counter); !opened.ok())
                return opened.failed();
            const std::size_t within = static_cast<std::size_t>(offset % segmentSize);
            const std::size_t n = std::min(out.size() - done, (*opener)->length - within);
            std::memcpy(out.data() + done, (*opener)->plaintext.revealMutable().data() + within, n);
            done += n;
            offset += n;
        }
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(*opener));
        return done;
    }

private:
    /// What one reader needs at a time, with the segment that it opened last.
    struct Opener {
        explicit Opener(crypto::SegmentCipher c) : cipher(std::move(c)), stored(storedSize), plaintext(segmentSize) {}
        crypto::SegmentCipher cipher;
        Bytes stored;
        crypto::SecretBytes plaintext;
        std::optional<std::uint64_t> counter;
        std::size_t length = 0;
    };

    Outcome<std::unique_ptr<Opener>> take() const {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                auto opener = std::move(m_idle.back());
                m_idle.pop_back();
                return opener;
            }
        }
        auto cipher = crypto::SegmentCipher::make(m_key);
        if (!cipher.ok())
            return fail(Failure(codeFor(cipher.error())));
        return std::make_unique<Opener>(std::move(*cipher));
    }

    Outcome<void> openSegment(Opener& opener, std::uint64_t counter) const {
        if (opener.counter == counter)
            return {};
        opener.counter.reset();
        const std::uint64_t begin = counter * segmentSize;
        const bool last = m_size - begin <= segmentSize;
        opener.length = last ? static_cast<std::size_t>(m_size - begin) : segmentSize;
        const MutableBytes stored(opener.stored.data(), opener.length + segmentTag);
        if (auto read = m_file->readAt(counter * storedSize, stored); !read.ok())
            return read;
        auto opened = opener.cipher.open(counter, last, stored, opener.plaintext.revealMutable().first(opener.length));
        if (!opened.ok())
            return fail(Failure(Code::DataNotReadable, Where{m_name, {}, {}, begin}));
        opener.counter = counter;
        return {};
    }

    std::shared_ptr<NamelessFile> m_file;
    crypto::SecretBytes m_key;
    std::uint64_t m_size;
    std::string m_name;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Opener>> m_idle;
};

class SpoolFile final : public Spool {
public:
    SpoolFile(std::shared_ptr<NamelessFile> file, crypto::SecretBytes key)
        : m_file(std::move(file)), m_key(std::move(key)) {}

    Outcome<void> begin() {
        auto sealer = crypto::StreamSealer::make(
            m_key, [](void* spool, ByteView stored) { return static_cast<SpoolFile*>(spool)->store(stored); }, this);
        if (!sealer)
            return fail(Failure(codeFor(sealer.error())));
        m_sealer.emplace(std::move(*sealer));
        return {};
    }

    Outcome<void> write(std::string_view bytes) override {
        m_size += bytes.size();
        return told(m_sealer->write(asBytes(bytes)));
    }

    Outcome<std::shared_ptr<ByteSource>> finish(std::string name) override {
        if (auto sealed = told(m_sealer->finish()); !sealed)
            return sealed.failed();
        return std::shared_ptr<ByteSource>(
            std::make_shared<SpoolSource>(m_file, m_key.clone(), m_size, std::move(name)));
    }

private:
    bool store(ByteView segment) {
        auto written = m_file->writeAt(m_stored, segment);
        m_stored += segment.size();
        if (!written)
            m_failure = written.error();
        return written.ok();
    }

    /// The file's own failure, where it was that which stopped the stream.
    Outcome<void> told(const crypto::Result<void>& sealed) const {
        if (sealed)
            return {};
        return fail(m_failure ? *m_failure : Failure(codeFor(sealed.error())));
    }

    std::shared_ptr<NamelessFile> m_file;
    crypto::SecretBytes m_key;
    std::optional<crypto::StreamSealer> m_sealer;
    std::optional<Failure> m_failure;
    std::uint64_t m_stored = 0, m_size = 0;
};

} // namespace

Outcome<std::unique_ptr<Spool>> Spool::create(const std::string& folder) {
    auto file = NamelessFile::create(folder);
    if (!file.ok())
        return file.failed();
    auto spool = std::make_unique<SpoolFile>(std::move(*file), crypto::freshDek());
    if (auto begun = spool->begin(); !begun)
        return begun.failed();
    return std::unique_ptr<Spool>(std::move(spool));
}

} // namespace sealwright::pipeline
