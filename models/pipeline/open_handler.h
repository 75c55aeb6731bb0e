#pragma once
#include "models/pipeline/csv_walk.h"
#include "models/pipeline/field_opener.h"
#include "models/pipeline/json_walk.h"

namespace sealwright::pipeline {

/// Sees each value as it was restored, for a table. With a watcher an altered value is no failure: it is shown as such.
class OpenWatcher {
public:
    virtual ~OpenWatcher() = default;
    virtual void value(const std::string& path, const Spot& spot, const Value& stored, std::string_view restored,
                       Verdict verdict) = 0;
};

/// One worker's side of reading: opens each value, and notes rows, ordinals and what is to be reported.
class OpenHandler {
public:
    struct Field {
        const StoredField* stored = nullptr; ///< null: the manifest does not name it
        const std::string* name = nullptr;   ///< its path: the manifest's, or the walk's own
        bool looksAt = true;
        std::uint64_t tokens = 0; ///< opened; without keys: seen, results of fpe and pseudonyms too
        OrdinalCounter ordinals;

        const std::string& path() const { return *name; }
    };

    explicit OpenHandler(OpenPlan& plan, OpenWatcher* watcher = nullptr)
        : m_plan(plan), m_watcher(watcher), m_opener(plan) {}

    void start(Item& item) { m_item = &item; }
    const std::deque<Field>& fields() const { return m_fields; }
    std::uint64_t values() const { return m_values; }

    // As walk.h asks for.
    Field* column(std::size_t index);
    Field* field(const std::string& path);
    void pass(Field&, bool) { ++m_values; }
    bool takesWhole(const std::string& path) const { return m_plan.rules().takesWhole(path); }
    bool skipsEmpty(const std::string& path) const { return m_plan.droppedBelow(path); }
    void beginRecord(const Spot& spot);
    void endRecord();
    void endChunk() { m_opener.settle(); }
    Verdict leaf(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice, dataset::Span span);
    bool dropsColumn(std::size_t) const { return false; }
    bool dropsAny() const { return false; }
    bool unflattens() const { return false; }
    void unflattened() {}
    static constexpr bool writes = false;
    char byteBefore(std::uint64_t) const { return 0; }
    Failure failure;

    void takeOrdinals(const std::map<std::string, std::uint64_t>& next);
    void giveOrdinals(std::map<std::string, std::uint64_t>& next);

private:
    Verdict open(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice, dataset::Span span);
    Verdict openToken(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice, dataset::Span span);
    /// Without keys: what a token claims is all there is.
    Verdict readToken(Field& field, std::string_view token);
    void countResult(Field& field, const Value& value) const;
    Verdict altered();
    void place(Field& field, crypto::Place place);
    std::optional<crypto::OpenedValue> openInRun(Field& field, std::string_view token);
    void report(Finding::Kind kind, const std::string& path);

    OpenPlan& m_plan;
    OpenWatcher* m_watcher;
    FieldOpener m_opener;
    Item* m_item = nullptr;
    std::deque<Field> m_fields;
    std::vector<Field*> m_columns;
    std::deque<std::string> m_positions; ///< CSV: the paths of columns that the manifest does not name
    std::map<std::string, std::uint64_t> m_carried;
    std::uint64_t m_values = 0;

    Spot m_spot; ///< of the record under way
    std::uint64_t m_record = 0;
    std::optional<std::uint32_t> m_run; ///< whose keys open this record
    std::uint32_t m_guess = 0;          ///< the run of the record before
    std::optional<std::uint64_t> m_row; ///< as its tokens say
    bool m_rowsDisagree = false;
};

class OpenWorker {
public:
    explicit OpenWorker(OpenPlan& plan, OpenWatcher* watcher = nullptr);
    Outcome<void> run(Item& item, Output& out);
    const OpenHandler& handler() const { return m_handler; }

private:
    OpenPlan& m_plan;
    OpenHandler m_handler;
    std::optional<CsvWalk<OpenHandler>> m_csv;
    std::optional<JsonWalk<OpenHandler>> m_json;
};

} // namespace sealwright::pipeline
