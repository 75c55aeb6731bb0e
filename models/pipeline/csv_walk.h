#pragma once
#include "models/dataset/csv_text.h"
#include "models/pipeline/scratch.h"
#include "models/pipeline/walk.h"

namespace sealwright::pipeline {

/// Takes CSV chunks from their bytes to the text that leaves. One a worker.
template <class Handler>
class CsvWalk {
public:
    CsvWalk(const Dialect& dialect, bool singleColumn, Handler& handler)
        : m_reader(dialect, singleColumn),
          m_singleColumn(singleColumn),
          m_hasHeader(dialect.header),
          m_handler(handler) {}

    Outcome<void> run(const dataset::Chunk& chunk, Output& out) {
        switch (chunk.kind) {
        case dataset::Chunk::Kind::CsvHeader:
            return header(chunk, out);
        case dataset::Chunk::Kind::Records:
            return records(chunk, out);
        case dataset::Chunk::Kind::Verbatim:
        case dataset::Chunk::Kind::Envelope:
            break;
        }
        out.text += chunk.bytes;
        return {};
    }

    /// Gives back what a long value took.
    void settle() { giveBack(m_undoubled); }

private:
    using Step = dataset::CsvReader::Step;

    Outcome<void> header(const dataset::Chunk& chunk, Output& out) {
        m_reader.start(chunk);
        dataset::Splice splice(chunk.bytes, out.text);
        Step step;
        while ((step = m_reader.next()) == Step::Record) {
            bool kept = false;
            const auto fields = m_reader.fields();
            for (std::size_t i = 0; i < fields.size(); ++i) {
                if (m_handler.dropsColumn(i))
                    splice.replace(dataset::csvDropSpan(fields, i, kept));
                else
                    kept = true;
            }
        }
        splice.finish();
        if (step == Step::Failed)
            return fail(m_reader.failure());
        return {};
    }

    Outcome<void> records(const dataset::Chunk& chunk, Output& out) {
        m_reader.start(chunk);
        dataset::Splice splice(chunk.bytes, out.text);
        Spot spot;
        spot.base = chunk.offset;
        Step step;
        while ((step = m_reader.next()) == Step::Record) {
            if (!out.relieve())
                return fail(Failure(Code::Cancelled));
            spot.row = m_reader.row();
            m_handler.beginRecord(spot);
            if (auto done = record(chunk, spot, splice, out); !done.ok())
                return done;
            m_handler.endRecord();
        }
        splice.finish();
        if (step == Step::Failed)
            return fail(m_reader.failure());
        return {};
    }

    Outcome<void> record(const dataset::Chunk& chunk, const Spot& spot, dataset::Splice& splice, Output& out) {
        const auto fields = m_reader.fields();
        std::size_t left = 0; // fields that stay
        bool filled = false;  // one of them has bytes
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto& at = fields[i];
            auto& field = *m_handler.column(i);
            if (!field.looksAt) {
                m_handler.pass(field, at.end - at.begin == (at.quoted ? 2u : 0u));
                ++left;
                filled = filled || at.end != at.begin;
                continue;
            }
            const Value value = valueOf(chunk.bytes, at);
            switch (m_handler.leaf(field, value, spot, splice, {at.begin, at.end})) {
            case Verdict::Drop:
                splice.replace(dataset::csvDropSpan(fields, i, left != 0));
                break;
            case Verdict::Failed:
                return failedAt(spot, field.path(), at.begin);
            case Verdict::Stay:
                filled = filled || at.end != at.begin;
                ++left;
                break;
            case Verdict::Written:
                filled = true;
                ++left;
                if (!out.relieve())
                    return fail(Failure(Code::Cancelled));
                break;
            case Verdict::Emptied:
                ++left;
                break;
            }
        }
        const bool blank = left == 0 || (left == 1 && !filled);
        const auto span = m_reader.record();
        if (Handler::writes && blank && (left == 0 || vanishes(chunk, span))) {
            m_handler.failure = Failure(Code::ValueNotForAction, {std::string("blank-line")});
            return failedAt(spot, m_handler.column(0)->path(), span.begin);
        }
        return {};
    }

    /// Would a reader not find this record, which is stored as a line of no bytes? It takes such a line for a record
    /// only where the first line shows one column and nothing was dropped; and the line needs an end of its own.
    bool vanishes(const dataset::Chunk& chunk, dataset::Span record) const {
        if (!m_singleColumn || m_handler.dropsAny())
            return true;
        if (record.size() == 0)
            return false;
        const std::string& bytes = chunk.bytes;
        if (!m_hasHeader || record.end == bytes.size())
            return true;
        const char before = record.begin != 0 ? bytes[record.begin - 1u] : m_handler.byteBefore(chunk.offset);
        return before == '\r' && bytes[record.end] == '\n';
    }

    Value valueOf(std::string_view bytes, const dataset::CsvField& at) {
        Value value;
        value.raw = bytes.substr(at.begin, at.end - at.begin);
        value.body = at.body(bytes);
        if (at.quoted) {
            value.type = crypto::ValueType::Quoted;
            if (at.doubled) {
                m_undoubled.clear();
                dataset::undoubleQuotes(value.body, m_undoubled);
                value.body = m_undoubled;
            }
        } else {
            value.type = value.body.empty() ? crypto::ValueType::Null : crypto::ValueType::Text;
        }
        value.isEmpty = value.body.empty();
        return value;
    }

    Outcome<void> failedAt(const Spot& spot, const std::string& path, std::size_t at) {
        Failure failure = m_handler.failure;
        failure.where = spot.where(path, at);
        return fail(std::move(failure));
    }

    dataset::CsvReader m_reader;
    bool m_singleColumn, m_hasHeader;
    Handler& m_handler;
    std::string m_undoubled;
};

} // namespace sealwright::pipeline
