#include "models/pipeline/check.h"

#include "models/pipeline/decrypt_pass.h"
#include "models/pipeline/encrypt_pass.h"
#include "models/pipeline/text_pipe.h"

#include <thread>

namespace sealwright::pipeline {
namespace {

/// What the restored text must be, piece by piece.
class Expected {
public:
    virtual ~Expected() = default;
    /// Nothing at the end.
    virtual Outcome<std::optional<std::string>> next() = 0;
};

/// Where restoring gives the source's bytes: the source itself.
class SourceBytes final : public Expected {
public:
    explicit SourceBytes(const ByteSource& source) : m_source(source) {}
    Outcome<std::optional<std::string>> next() override {
        if (m_offset >= m_source.size())
            return std::optional<std::string>();
        std::string piece(1u << 20, '\0');
        auto got = m_source.readAt(m_offset, {reinterpret_cast<Byte*>(piece.data()), piece.size()});
        if (!got.ok())
            return got.failed();
        if (*got == 0)
            return fail(inFile(Failure(Code::DataChangedWhileRead), m_source));
        piece.resize(*got);
        m_offset += *got;
        return std::optional<std::string>(std::move(piece));
    }

private:
    const ByteSource& m_source;
    std::uint64_t m_offset = 0;
};

class PipingPass final : public EncryptPass {
public:
    PipingPass(const ByteSource& source, const EncryptRequest& request, const RunOptions& options, TextPipe& pipe)
        : EncryptPass(source, request, options), m_pipe(pipe) {}

protected:
    Outcome<void> take(std::string_view text, Item* done) override {
        if (!m_pipe.write(text))
            return fail(Failure(Code::Cancelled));
        return EncryptPass::take(text, done);
    }

private:
    TextPipe& m_pipe;
};

/// Where restoring gives other bytes (masks, pseudonyms, what was dropped): the policy carried out once more, on a
/// thread of its own.
class PolicyAgain final : public Expected {
public:
    PolicyAgain(const ByteSource& source, const EncryptRequest& request, const RunOptions& options)
        : m_options(options), m_pass(source, request, m_options, m_pipe) {
        m_options.progress = {};
        m_options.memory /= 2; // it runs beside the pass that compares
    }
    ~PolicyAgain() override {
        m_pipe.close();
        if (m_thread.joinable())
            m_thread.join();
    }
    Outcome<void> start() {
        if (auto prepared = m_pass.prepare(Purpose::Restore); !prepared.ok())
            return prepared;
        m_thread = std::thread([this] {
            m_done = m_pass.run();
            m_pipe.finish();
        });
        return {};
    }
    Outcome<std::optional<std::string>> next() override {
        auto piece = m_pipe.read();
        if (piece)
            return piece;
        if (m_thread.joinable())
            m_thread.join();
        if (!m_done.ok())
            return m_done.failed();
        return std::optional<std::string>();
    }

private:
    RunOptions m_options;
    TextPipe m_pipe;
    PipingPass m_pass;
    Outcome<void> m_done;
    std::thread m_thread;
};

/// Opens the stored file and compares what comes out.
class ComparingPass final : public DecryptPass {
public:
    ComparingPass(const ByteSource& stored, const Manifest& manifest, const RunOptions& options, Expected& expected)
        : DecryptPass(stored, manifest, options), m_expected(expected) {}

    /// The source must end where the restored text does.
    Outcome<void> finish() {
        auto more = refill();
        if (!more.ok())
            return more.failed();
        return *more ? differs() : Outcome<void>();
    }

protected:
    Outcome<void> take(std::string_view text, Item* done) override {
        std::string_view left = text;
        while (!left.empty()) {
            auto more = refill();
            if (!more.ok())
                return more.failed();
            if (!*more)
                return differs();
            const std::string_view wanted = std::string_view(m_piece).substr(m_used);
            const std::size_t n = std::min(left.size(), wanted.size());
            if (left.substr(0, n) != wanted.substr(0, n)) {
                m_offset += static_cast<std::uint64_t>(
                    std::mismatch(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(n), wanted.begin()).first -
                    left.begin());
                return differs();
            }
            m_used += n;
            m_offset += n;
            left.remove_prefix(n);
        }
        return DecryptPass::take(text, done);
    }

private:
    Outcome<bool> refill() {
        while (m_used == m_piece.size()) {
            auto next = m_expected.next();
            if (!next.ok())
                return next.failed();
            if (!*next)
                return false;
            m_piece = std::move(**next);
            m_used = 0;
        }
        return true;
    }

    Outcome<void> differs() const {
        Where where;
        where.byte = m_offset;
        return fail(Failure(Code::JobCheckFailed, where));
    }

    Expected& m_expected;
    std::string m_piece;
    std::size_t m_used = 0;
    std::uint64_t m_offset = 0;
};

Manifest manifestOf(const EncryptRequest& request, const EncryptResult& written) {
    Manifest manifest;
    manifest.datasetId = request.keys.datasetId;
    manifest.keyVersion = request.keys.version;
    if (request.keys.joinKey != nullptr) {
        JoinKeyInfo join;
        join.version = request.keys.joinVersion;
        join.commitment = crypto::joinCommitment(*request.keys.joinKey, join.id);
        manifest.joinKey = std::move(join);
    }
    manifest.runs = {written.run};
    manifest.content = {written.content};
    manifest.dataset = written.dataset;
    manifest.policy = written.policy;
    return manifest;
}

Failure checkFailed(std::string what) {
    return Failure(Code::JobCheckFailed, {std::move(what)});
}

/// An altered cell is a failed check here: this machine wrote it a moment ago.
Failure asCheck(Failure failure) {
    if (failure.code == Code::AuthAltered)
        failure.code = Code::JobCheckFailed;
    return failure;
}

} // namespace

Outcome<CheckResult> checkAgainstSource(const ByteSource& source, const ByteSource& stored,
                                        const EncryptRequest& request, const EncryptResult& written,
                                        const RunOptions& options) {
    const Manifest manifest = manifestOf(request, written);
    std::unique_ptr<Expected> expected;
    if (written.dataset.byteExact) {
        expected = std::make_unique<SourceBytes>(source);
    } else {
        auto again = std::make_unique<PolicyAgain>(source, request, options);
        if (auto started = again->start(); !started.ok())
            return started.failed();
        expected = std::move(again);
    }
    RunOptions own = options;
    own.memory = options.memory / 2;
    ComparingPass pass(stored, manifest, own, *expected);
    pass.digest.emplace(crypto::datasetBlock);
    pass.sha256.emplace();
    if (auto prepared = pass.prepare(request.keys); !prepared.ok())
        return prepared.failed();
    if (auto done = pass.run(); !done.ok())
        return fail(asCheck(done.error()));
    if (auto finished = pass.finish(); !finished.ok())
        return fail(inFile(finished.error(), stored));
    if (auto same = source.unchanged(); !same.ok())
        return same.failed();
    if (stored.size() != written.content.size || pass.digest->finish() != written.content.digest)
        return fail(inFile(checkFailed("digest"), stored));
    const auto read = pass.result();
    if (read.findingsCount != 0)
        return fail(inFile(checkFailed(std::string(stableId(read.findings[0].kind))), stored));
    CheckResult result;
    std::uint64_t dropped = 0;
    for (const FieldInfo& field : written.dataset.fields) {
        result.values += field.values + field.keptEmpty + field.errors;
        if (field.action == Action::Drop)
            dropped += field.values;
    }
    result.compared = pass.values() + dropped;
    if (result.compared != result.values)
        return fail(inFile(checkFailed("values"), stored));
    result.sha256 = crypto::hexLower(pass.sha256->finish());
    return result;
}

} // namespace sealwright::pipeline
