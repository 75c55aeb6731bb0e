#pragma once
#include "models/insight/field_measure.h"
#include "models/pipeline/csv_walk.h"
#include "models/pipeline/envelope_ordinals.h"
#include "models/pipeline/field_rules.h"
#include "models/pipeline/field_sealer.h"
#include "models/pipeline/json_walk.h"
#include "models/pipeline/tally.h"

#include <deque>

namespace sealwright::pipeline {

/// What a pass over a source is for.
enum class Purpose {
    Store,   ///< write what is stored
    Restore, ///< write what a reader will restore from that
    Judge,   ///< measure the values, and note each that its rule cannot take
};

/// What all workers of an encrypting pass share; const while they run, but for `envelope` and `fields`, which see to
/// themselves.
struct SealPlan {
    SealPlan(const FieldRules& fieldRules, const FieldKeys& fieldKeys, const crypto::RunId& run)
        : rules(fieldRules), keys(fieldKeys), fields(rules, keys, run) {}

    const FieldRules& rules;
    const FieldKeys& keys;
    SealFields fields;
    unsigned workers = 1;
    std::optional<ValueForm> form;
    const ByteSource* source = nullptr;
    std::vector<std::string> columns; ///< CSV
    bool dropsAny = false;            ///< some rule drops
    Purpose purpose = Purpose::Store;
    EnvelopeOrdinals envelope;
};

/// Shows each value as it is and as it leaves, for the preview.
class SealWatcher {
public:
    virtual ~SealWatcher() = default;
    virtual void value(const std::string& path, const Spot& spot, const Value& before, std::string_view after,
                       bool left) = 0;
};

/// One worker's side of encrypting: what happens to each value, and what is counted.
class SealHandler {
public:
    /// There may be 100,000 of them for each worker: what is the same for all workers is in `shared`.
    struct Field {
        const SealField* shared = nullptr;
        bool looksAt = true;
        Tally tally;
        insight::FieldMeasure measure; ///< only to judge
        OrdinalCounter ordinals;

        const std::string& path() const { return shared->path; }
        const FieldRule& rule() const { return *shared->rule; }
    };

    explicit SealHandler(SealPlan& plan, SealWatcher* watcher = nullptr)
        : m_plan(plan), m_watcher(watcher), m_sealer(plan.keys, *plan.form, plan.workers) {}

    void start(Item& item) { m_item = &item; }
    const std::deque<Field>& fields() const { return m_fields; }
    bool exact() const;
    std::size_t columnsMet() const { return m_columns.size(); }

    // As walk.h asks for.
    Field* column(std::size_t index);
    Field* field(const std::string& path);
    void pass(Field& field, bool empty) { ++(empty ? field.tally.keptEmpty : field.tally.values); }
    bool takesWhole(const std::string& path) const { return m_plan.rules.takesWhole(path); }
    bool skipsEmpty(const std::string&) const { return false; }
    void beginRecord(const Spot& spot) { m_record = spot.envelope ? OrdinalCounter::envelope : spot.row; }
    void endRecord() {}
    void endChunk() { m_sealer.settle(); }
    static constexpr bool writes = true;
    char byteBefore(std::uint64_t offset) const;
    Verdict leaf(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice, dataset::Span span);
    bool dropsColumn(std::size_t index) { return column(index)->rule().action == Action::Drop; }
    bool dropsAny() const { return m_plan.dropsAny; }
    bool unflattens() const { return m_plan.rules.unflattens(); }
    void unflattened() { m_changedShape = true; }
    Failure failure;

    void takeOrdinals(const std::map<std::string, std::uint64_t>& next);
    void giveOrdinals(std::map<std::string, std::uint64_t>& next);

private:
    Field* make(const std::string& path);
    Verdict write(Field& field, const Value& value, const Spot& spot, std::string& out);
    Verdict refuse(Field& field, Code problem, const Spot& spot, std::string& out);

    SealPlan& m_plan;
    SealWatcher* m_watcher;
    FieldSealer m_sealer;
    Item* m_item = nullptr;
    std::deque<Field> m_fields;
    std::vector<Field*> m_columns;
    std::uint64_t m_record = OrdinalCounter::none;
    std::uint64_t m_at = 0;                         ///< where the value under way begins in the text
    std::map<std::string, std::uint64_t> m_carried; ///< ordinals of the envelope's first part
    bool m_changedShape = false;
};

/// One worker: its handler and the walk of its format.
class SealWorker {
public:
    SealWorker(SealPlan& plan, MediaType type, SealWatcher* watcher = nullptr);
    Outcome<void> run(Item& item, Output& out);
    const SealHandler& handler() const { return m_handler; }
    bool met(std::string_view path) const { return m_json && m_json->met(path); }

private:
    SealPlan& m_plan;
    SealHandler m_handler;
    std::optional<CsvWalk<SealHandler>> m_csv;
    std::optional<JsonWalk<SealHandler>> m_json;
};

} // namespace sealwright::pipeline
