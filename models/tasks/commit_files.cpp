#include "models/tasks/commit_files.h"

#include <filesystem>

namespace sealwright {

namespace {

namespace fs = std::filesystem;

/// One name that changes what it holds.
class Exchange {
public:
    explicit Exchange(FileSink& file) : m_file(file), m_target(file.target()) {}

    Outcome<void> carryOut() {
        std::error_code error;
        if (m_file.replaces() && fs::exists(fs::symlink_status(m_target, error))) {
            m_aside = m_file.temporaryPath() + ".before";
            // A second name, so that the first is never without a file; where a file system has none, a move.
            fs::create_hard_link(m_target, m_aside, error);
            if (error)
                fs::rename(m_target, m_aside, error);
            if (error) {
                m_aside.clear();
                return fail(Failure(Code::FileFailed, Where{m_target, {}, {}, {}}, {error.message()}));
            }
        }
        auto committed = m_file.commit();
        m_committed = committed.ok();
        return committed;
    }

    void undo() {
        std::error_code ignored;
        if (!m_aside.empty()) {
            fs::rename(m_aside, m_target, ignored);
            forgetBefore(); // two names of one file are not moved onto each other
        } else if (m_committed) {
            fs::remove(m_target, ignored);
        }
    }

    void forgetBefore() {
        std::error_code ignored;
        if (!m_aside.empty())
            fs::remove(m_aside, ignored);
    }

private:
    FileSink& m_file;
    std::string m_target, m_aside;
    bool m_committed = false;
};

} // namespace

Outcome<void> commitTogether(const std::vector<FileSink*>& files) {
    for (FileSink* file : files) {
        if (auto flushed = file->flush(); !flushed)
            return flushed;
    }
    std::vector<Exchange> exchanges;
    exchanges.reserve(files.size());
    for (FileSink* file : files) {
        exchanges.emplace_back(*file);
        if (auto done = exchanges.back().carryOut(); !done) {
            for (auto exchange = exchanges.rbegin(); exchange != exchanges.rend(); ++exchange)
                exchange->undo();
            return done;
        }
    }
    for (Exchange& exchange : exchanges)
        exchange.forgetBefore();
    return {};
}

} // namespace sealwright
