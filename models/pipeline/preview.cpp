#include "models/pipeline/encrypt_pass.h"

namespace sealwright::pipeline {
namespace {

constexpr std::size_t shownCharacters = 200;
constexpr std::size_t mostCells = 50'000; ///< of each table: where there are very many paths, fewer records are shown
constexpr std::size_t blockSize = 64u << 10; ///< a first screen needs no more

/// Puts what the pipeline does to each value into the preview's cells.
class CellWatcher final : public SealWatcher {
public:
    CellWatcher(Preview& preview, const ValueForm& form, std::size_t records)
        : m_preview(preview), m_form(form), m_records(records) {}

    void value(const std::string& path, const Spot& spot, const Value& before, std::string_view after,
               bool left) override {
        // What stands outside the records leaves as well: it is shown beside the first one.
        const std::uint64_t row = spot.envelope ? 0 : spot.row;
        if (row >= m_records)
            return;
        const auto [found, isNew] = m_columns.emplace(path, m_preview.paths.size());
        if (isNew)
            add(path);
        Preview::Cell& was = cell(m_preview.before, row, found->second);
        Preview::Cell& becomes = cell(m_preview.after, row, found->second);
        if (was.present)
            return;
        was.present = true;
        was.isNull = before.isNull;
        was.text = shortened(before.isNull ? std::string() : m_form.display(before), shownCharacters);
        becomes.present = left;
        becomes.isNull = left && m_form.isNullText(after);
        if (left && !becomes.isNull)
            becomes.text = shortened(m_form.displayRaw(after), shownCharacters);
    }

    /// CSV: the header's columns come first, in their order.
    void columns(const std::vector<std::string>& paths) {
        for (const std::string& path : paths) {
            if (m_columns.emplace(path, m_preview.paths.size()).second)
                add(path);
        }
    }

    /// How many are shown at most, as far as it is known how many paths there are.
    std::size_t records() const { return m_records; }

    /// Every row has a cell for every path.
    void finish(std::size_t rows) {
        for (auto* table : {&m_preview.before, &m_preview.after}) {
            table->resize(rows);
            for (auto& row : *table)
                row.resize(m_preview.paths.size());
        }
    }

private:
    void add(const std::string& path) {
        m_preview.paths.push_back(path);
        m_records = std::min(m_records, std::max<std::size_t>(1, mostCells / m_preview.paths.size()));
    }

    static Preview::Cell& cell(std::vector<std::vector<Preview::Cell>>& rows, std::uint64_t row, std::size_t column) {
        if (rows.size() <= row)
            rows.resize(static_cast<std::size_t>(row) + 1);
        auto& cells = rows[static_cast<std::size_t>(row)];
        if (cells.size() <= column)
            cells.resize(column + 1);
        return cells[column];
    }

    Preview& m_preview;
    const ValueForm& m_form;
    std::size_t m_records;
    std::unordered_map<std::string, std::size_t> m_columns;
};

/// Nobody takes the text away: the cells are what is wanted.
class KeptOutput final : public Output {
protected:
    bool handOver() override {
        text.clear();
        return true;
    }
};

} // namespace

Outcome<Preview> previewDataset(const ByteSource& source, const EncryptRequest& request, std::size_t records) {
    // A pass of its own under a key that nobody keeps; a value that its rule cannot take shows as empty.
    const auto key = crypto::freshDek();
    EncryptRequest own = request;
    own.runId = crypto::freshRunId();
    if (own.keys.dek == nullptr)
        own.keys.dek = &key;
    for (FieldRule& rule : own.policy.fields)
        rule.onError = OnError::Null;
    RunOptions options;
    options.threads = 1;
    options.blockSize = blockSize;
    auto form = ValueForm::make(own.mediaType, own.dialect);
    if (!form.ok())
        return fail(inFile(form.error(), source));
    Preview preview;
    CellWatcher watcher(preview, *form, records);
    EncryptPass pass(source, own, options);
    if (auto prepared = pass.prepare(Purpose::Store, &watcher); !prepared.ok())
        return prepared.failed();
    if (own.mediaType == MediaType::Csv)
        watcher.columns(pass.columns());
    Item item;
    KeptOutput out;
    std::uint64_t seen = 0;
    while (seen < watcher.records()) {
        auto more = pass.read(item);
        if (more.ok() && !*more)
            break;
        auto done = more.ok() ? pass.work(0, item, out) : Outcome<void>(more.failed());
        if (!done.ok()) {
            // What is wrong behind the last record shown is no matter of the preview.
            if (done.error().where.record.value_or(0) < watcher.records())
                return fail(inFile(done.error(), source));
            break;
        }
        out.text.clear();
        seen = std::max(seen, item.chunk.firstRow + item.chunk.rows);
    }
    watcher.finish(std::min<std::uint64_t>(seen, watcher.records()));
    return preview;
}

} // namespace sealwright::pipeline
