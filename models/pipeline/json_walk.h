#pragma once
#include "models/dataset/json_reader.h"
#include "models/dataset/unflatten.h"
#include "models/pipeline/scratch.h"
#include "models/pipeline/walk.h"

namespace sealwright::pipeline {

/// Takes JSON and JSON Lines chunks from their bytes to the text that leaves. One a worker.
template <class Handler>
class JsonWalk {
public:
    explicit JsonWalk(Handler& handler) : m_reader(m_paths), m_handler(handler) {}

    Outcome<void> run(const dataset::Chunk& chunk, Output& out) {
        switch (chunk.kind) {
        case dataset::Chunk::Kind::Envelope:
            return envelope(chunk, out);
        case dataset::Chunk::Kind::Records:
            return records(chunk, out);
        case dataset::Chunk::Kind::Verbatim:
        case dataset::Chunk::Kind::CsvHeader:
            break;
        }
        out.text += chunk.bytes;
        return {};
    }

    /// Was there a value or a container with exactly this path?
    bool met(std::string_view path) const {
        const auto id = m_paths.find(path);
        return id && *id < m_known.size() && (m_known[*id].leaf != nullptr || m_known[*id].container);
    }

    /// Gives back what a long record took.
    void settle() {
        m_reader.settle();
        giveBack(m_unflattened);
    }

private:
    /// What is known about one path.
    struct Known {
        bool asked = false, whole = false, skipsEmpty = false, container = false;
        typename Handler::Field* leaf = nullptr;
    };

    /// Goes through one record, or one part of the envelope, as JsonReader shows it.
    struct Visit {
        JsonWalk& walk;
        Spot spot;
        dataset::Splice& splice;
        Output& out;
        Failure failure = {};

        bool enters(const dataset::JsonValue& value, bool empty, bool partial) {
            Known& at = walk.known(value.path);
            const bool isRecord = walk.m_kept.empty();
            if (!isRecord && !partial && (empty ? !at.skipsEmpty : at.whole))
                return false;
            if (!isRecord)
                at.container = true;
            stays();
            walk.m_kept.push_back(false);
            return true;
        }

        void leave() { walk.m_kept.pop_back(); }

        bool value(const dataset::JsonValue& value) {
            Known& at = walk.known(value.path);
            if (at.leaf == nullptr)
                at.leaf = walk.m_handler.field(walk.m_paths.text(value.path));
            spot.inside = unsigned(walk.m_kept.size());
            const auto text = walk.m_reader.text();
            switch (walk.m_handler.leaf(*at.leaf, valueOf(text, value), spot, splice, {value.begin, value.end})) {
            case Verdict::Drop:
                return drop(*at.leaf, value);
            case Verdict::Failed:
                return failed(*at.leaf, value);
            case Verdict::Written:
                stays();
                if (out.relieve())
                    return true;
                failure = Failure(Code::Cancelled);
                return false;
            case Verdict::Stay:
            case Verdict::Emptied:
                stays();
                break;
            }
            return true;
        }

        void stays() {
            if (!walk.m_kept.empty())
                walk.m_kept.back() = true;
        }

        bool drop(const typename Handler::Field& field, const dataset::JsonValue& value) {
            if (walk.m_kept.empty()) {
                walk.m_handler.failure = Failure(Code::ValueNotForAction, {std::string("record")});
                return failed(field, value);
            }
            splice.replace(dataset::jsonDropSpan(walk.m_reader.text(), value, walk.m_kept.back()));
            return true;
        }

        bool failed(const typename Handler::Field& field, const dataset::JsonValue& value) {
            failure = walk.m_handler.failure;
            failure.where = spot.where(field.path(), value.begin);
            return false;
        }
    };

    Outcome<void> envelope(const dataset::Chunk& chunk, Output& out) {
        if (auto joined = m_reader.joinEnvelope(chunk); !joined.ok())
            return joined;
        const auto own = m_reader.own();
        dataset::Splice splice(m_reader.text(), out.text, own.begin);
        Spot spot;
        spot.envelope = true;
        spot.base = chunk.offset - own.begin;
        m_handler.beginRecord(spot);
        m_kept.clear();
        Visit visit{*this, spot, splice, out};
        if (auto read = m_reader.readEnvelope(chunk, visit); !read.ok())
            return read;
        m_handler.endRecord();
        splice.finish(own.end);
        return {};
    }

    Outcome<void> records(const dataset::Chunk& chunk, Output& out) {
        dataset::Splice splice(chunk.bytes, out.text);
        Spot spot;
        spot.depth = chunk.depth;
        for (std::size_t i = 0; i < chunk.records.size(); ++i) {
            if (!out.relieve())
                return fail(Failure(Code::Cancelled));
            spot.row = chunk.firstRow + i;
            spot.base = chunk.offset;
            m_handler.beginRecord(spot);
            if (auto done = record(chunk, i, spot, splice, out); !done.ok())
                return done;
            m_handler.endRecord();
        }
        splice.finish();
        return {};
    }

    Outcome<void> record(const dataset::Chunk& chunk, std::size_t index, Spot& spot, dataset::Splice& splice,
                         Output& out) {
        m_kept.clear();
        if (!m_handler.unflattens()) {
            Visit visit{*this, spot, splice, out};
            return m_reader.readRecord(chunk, index, visit);
        }
        const dataset::Span own = chunk.records[index];
        const auto raw = std::string_view(chunk.bytes).substr(own.begin, own.size());
        auto changed = dataset::unflatten(raw, chunk.depth, m_unflattened);
        if (!changed.ok()) {
            Failure failure = changed.error();
            failure.where.record = spot.row;
            failure.where.byte = chunk.offset + own.begin + failure.where.byte.value_or(0);
            return fail(std::move(failure));
        }
        if (!*changed) {
            Visit visit{*this, spot, splice, out};
            return m_reader.readRecord(chunk, index, visit);
        }
        m_handler.unflattened();
        splice.replace(trimmed(chunk.bytes, own));
        spot.base.reset();
        dataset::Splice inner(m_unflattened, out.text);
        Visit visit{*this, spot, inner, out};
        if (auto read = m_reader.readText(m_unflattened, chunk.depth, visit); !read.ok())
            return read;
        inner.finish();
        return {};
    }

    /// The record without the white space around it, which stays.
    static dataset::Span trimmed(std::string_view text, dataset::Span record) {
        record.begin = std::uint32_t(dataset::skipJsonSpace(text, record.begin));
        while (dataset::isJsonSpace(text[record.end - 1u]))
            --record.end;
        return record;
    }

    Known& known(dataset::PathId path) {
        if (path >= m_known.size())
            m_known.resize(m_paths.size());
        Known& at = m_known[path];
        if (!at.asked) {
            at.asked = true;
            at.whole = m_handler.takesWhole(m_paths.text(path));
            at.skipsEmpty = m_handler.skipsEmpty(m_paths.text(path));
        }
        return at;
    }

    static Value valueOf(std::string_view text, const dataset::JsonValue& at) {
        Value value;
        value.raw = at.raw(text);
        value.body = value.raw;
        switch (at.kind) {
        case dataset::JsonKind::String:
            value.type = at.escaped ? crypto::ValueType::Escaped : crypto::ValueType::Text;
            value.body = at.content(text);
            value.isEmpty = value.body.empty();
            break;
        case dataset::JsonKind::Number:
            value.type = crypto::ValueType::Number;
            break;
        case dataset::JsonKind::True:
        case dataset::JsonKind::False:
            value.type = crypto::ValueType::Boolean;
            break;
        case dataset::JsonKind::Null:
            value.type = crypto::ValueType::Null;
            value.body = {};
            value.isNull = true;
            break;
        case dataset::JsonKind::Object:
        case dataset::JsonKind::Array:
            value.type = crypto::ValueType::Json;
            break;
        }
        return value;
    }

    dataset::PathTable m_paths;
    dataset::JsonReader m_reader;
    Handler& m_handler;
    std::vector<Known> m_known;
    std::vector<bool> m_kept; ///< by container that is open: has it a child that stays?
    std::string m_unflattened;
};

} // namespace sealwright::pipeline
