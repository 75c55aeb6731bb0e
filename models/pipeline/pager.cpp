#include "models/pipeline/decrypt.h"
#include "models/pipeline/open_handler.h"
#include "models/pipeline/record_spans.h"
#include "models/pipeline/source_pass.h"

#include <algorithm>

namespace sealwright::pipeline {
namespace {

constexpr std::size_t shownCharacters = 1000;     ///< of a cell
constexpr std::size_t pageCharacters = 2'000'000; ///< of all cells of a page
constexpr std::size_t indexedBytes = 256u << 10;  ///< a page reads no more than that around its records

/// Where the chunks lie, so that any record is found without reading what is before it.
struct Entry {
    std::uint64_t offset = 0, size = 0, firstRow = 0, rows = 0;
    unsigned depth = 0;
};

class PageWatcher final : public OpenWatcher {
public:
    PageWatcher(const ValueForm& form, const std::vector<std::string>& paths) : m_form(form) {
        for (std::size_t i = 0; i < paths.size(); ++i)
            m_columns.emplace(paths[i], i);
    }

    void start(RecordPager::Page& page, std::size_t count) {
        m_page = &page;
        m_count = count;
        const std::size_t cells = std::max<std::size_t>(1, m_columns.size() * std::max<std::size_t>(1, count));
        m_characters = std::clamp<std::size_t>(pageCharacters / cells, 1, shownCharacters);
    }

    void value(const std::string& path, const Spot& spot, const Value& stored, std::string_view restored,
               Verdict verdict) override {
        if (spot.row < m_page->first || spot.row - m_page->first >= m_count)
            return;
        const auto column = m_columns.find(path);
        auto& rows = m_page->rows;
        const auto row = static_cast<std::size_t>(spot.row - m_page->first);
        while (rows.size() <= row)
            rows.emplace_back(m_columns.size());
        if (column == m_columns.end())
            return;
        RecordPager::Cell& cell = rows[row][column->second];
        if (cell.state != RecordPager::Cell::State::Absent)
            return; // the first value of a repeated path
        if (verdict == Verdict::Failed) {
            cell.state = RecordPager::Cell::State::Altered;
        } else if (verdict == Verdict::Stay ? stored.isNull : m_form.isNullText(restored)) {
            cell.state = RecordPager::Cell::State::Null;
        } else {
            cell.state = RecordPager::Cell::State::Value;
            cell.text = shortened(m_form.displayRaw(restored), m_characters);
        }
    }

private:
    const ValueForm& m_form;
    std::unordered_map<std::string, std::size_t> m_columns;
    RecordPager::Page* m_page = nullptr;
    std::size_t m_count = 0;
    std::size_t m_characters = shownCharacters;
};

/// What comes out goes into the cells alone.
class NoOutput final : public Output {
public:
    ~NoOutput() override { crypto::wipe(text); }

protected:
    bool handOver() override {
        crypto::wipe(text);
        text.clear();
        return true;
    }
};

class FilePager final : public RecordPager {
public:
    FilePager(std::shared_ptr<ByteSource> stored, Manifest manifest)
        : m_stored(std::move(stored)), m_manifest(std::move(manifest)) {}

    Outcome<void> prepare(const Keys& keys, const RunOptions& options) {
        // The keys are borrowed for the call only; pages come later.
        m_dek = keys.dek->clone();
        m_keys = keys;
        m_keys.dek = &m_dek;
        if (keys.joinKey != nullptr) {
            m_joinKey = keys.joinKey->clone();
            m_keys.joinKey = &m_joinKey;
        }
        auto plan = OpenPlan::make(m_manifest, m_keys);
        if (!plan.ok())
            return plan.failed();
        m_plan = std::move(*plan);
        if (auto header = m_plan->readHeader(*m_stored); !header.ok())
            return header;
        for (const FieldInfo& field : m_manifest.dataset->fields) {
            if (field.action == Action::Drop || field.path.substr(0, 2) == "$.")
                continue;
            if (++m_columns <= mostColumns)
                m_paths.push_back(field.path);
        }
        m_watcher.emplace(m_plan->form(), m_paths);
        m_worker = std::make_unique<OpenWorker>(*m_plan, &*m_watcher);
        return index(options);
    }

    const std::vector<std::string>& paths() const override { return m_paths; }
    std::uint64_t columns() const override { return m_columns; }
    std::uint64_t records() const override { return m_records; }

    Outcome<Page> page(std::uint64_t first, std::size_t count) override {
        Page page;
        page.first = first;
        m_watcher->start(page, count);
        // The entry that holds `first`, and those behind it as far as the page goes.
        auto entry = std::upper_bound(m_index.begin(), m_index.end(), first,
                                      [](std::uint64_t row, const Entry& one) { return row < one.firstRow; });
        if (entry != m_index.begin())
            --entry;
        for (; entry != m_index.end() && entry->firstRow < first + count; ++entry) {
            if (auto read = open(*entry); !read.ok())
                return fail(inFile(read.error(), *m_stored));
        }
        const auto there =
            static_cast<std::size_t>(std::min<std::uint64_t>(count, m_records - std::min(first, m_records)));
        while (page.rows.size() < there)
            page.rows.emplace_back(m_paths.size()); // records without a value
        return page;
    }

private:
    Outcome<void> index(const RunOptions& options) {
        dataset::SplitOptions split;
        split.blockSize = std::min(options.blockSize, indexedBytes);
        split.blankLinesAreRecords = m_plan->singleColumn();
        auto splitter =
            dataset::RecordSplitter::open(*m_stored, m_plan->dataset().mediaType, m_plan->dataset().dialect, split);
        if (!splitter.ok())
            return fail(inFile(splitter.error(), *m_stored));
        ProgressMeter progress(options.progress, m_stored->size());
        dataset::Chunk chunk;
        for (;;) {
            if (options.cancel.cancelled())
                return fail(Failure(Code::Cancelled));
            auto more = (*splitter)->next(chunk);
            if (!more.ok())
                return fail(inFile(more.error(), *m_stored));
            if (!*more)
                break;
            if (chunk.kind == dataset::Chunk::Kind::Records && chunk.rows != 0) {
                m_index.push_back({chunk.offset, chunk.bytes.size(), chunk.firstRow, chunk.rows, chunk.depth});
                m_records = chunk.firstRow + chunk.rows;
            }
            progress.at(chunk.offset + chunk.bytes.size(), m_records);
        }
        progress.finish();
        return {};
    }

    Outcome<void> open(const Entry& entry) {
        Item item;
        auto& chunk = item.chunk;
        chunk.kind = dataset::Chunk::Kind::Records;
        chunk.offset = entry.offset;
        chunk.firstRow = entry.firstRow;
        chunk.rows = entry.rows;
        chunk.depth = entry.depth;
        chunk.bytes.resize(static_cast<std::size_t>(entry.size));
        auto got = m_stored->readAt(entry.offset, {reinterpret_cast<Byte*>(chunk.bytes.data()), chunk.bytes.size()});
        if (!got.ok())
            return got.failed();
        const bool csv = m_plan->form().isCsv();
        if (!csv)
            chunk.records = recordSpans(chunk.bytes, m_plan->dataset().mediaType == MediaType::JsonLines);
        if (*got != chunk.bytes.size() || (!csv && chunk.records.size() != entry.rows))
            return fail(Failure(Code::DataChangedWhileRead));
        NoOutput out;
        return m_worker->run(item, out);
    }

    std::shared_ptr<ByteSource> m_stored;
    Manifest m_manifest;
    crypto::SecretBytes m_dek, m_joinKey;
    Keys m_keys;
    std::unique_ptr<OpenPlan> m_plan;
    std::vector<std::string> m_paths;
    std::optional<PageWatcher> m_watcher;
    std::unique_ptr<OpenWorker> m_worker;
    std::vector<Entry> m_index;
    std::uint64_t m_columns = 0;
    std::uint64_t m_records = 0;
};

} // namespace

RecordPager::Cell::~Cell() {
    crypto::wipe(text);
}

Outcome<std::unique_ptr<RecordPager>> RecordPager::open(std::shared_ptr<ByteSource> stored, Manifest manifest,
                                                        const Keys& keys, const RunOptions& options) {
    auto pager = std::make_unique<FilePager>(std::move(stored), std::move(manifest));
    if (auto prepared = pager->prepare(keys, options); !prepared.ok())
        return prepared.failed();
    return std::unique_ptr<RecordPager>(std::move(pager));
}

} // namespace sealwright::pipeline
