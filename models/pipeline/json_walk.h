#pragma once
#include "models/dataset/unflatten.h"
#include "models/pipeline/walk.h"

namespace sealwright::pipeline {

/// Takes JSON and JSON Lines chunks from their bytes to the text that leaves. One a worker.
template <class Handler>
class JsonWalk {
public:
    explicit JsonWalk(Handler& handler) : m_parser(m_paths), m_handler(handler) {}

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

private:
    /// What is known about one path.
    struct Known {
        bool asked = false, whole = false, skipsEmpty = false, container = false;
        typename Handler::Field* leaf = nullptr;
    };

    Outcome<void> envelope(const dataset::Chunk& chunk, Output& out) {
        if (auto parsed = m_parser.parseEnvelope(chunk); !parsed.ok())
            return parsed;
        const auto own = m_parser.own();
        dataset::Splice splice(m_parser.text(), out.text, own.begin);
        Spot spot;
        spot.envelope = true;
        spot.base = chunk.offset - own.begin;
        m_handler.beginRecord(spot);
        if (auto walked = values(spot, splice, out); !walked.ok())
            return walked;
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
            if (auto parsed = m_parser.parseRecord(chunk, i); !parsed.ok())
                return parsed;
            spot.row = chunk.firstRow + i;
            spot.base = chunk.offset;
            m_handler.beginRecord(spot);
            if (auto done = record(chunk, spot, splice, out); !done.ok())
                return done;
            m_handler.endRecord();
        }
        splice.finish();
        return {};
    }

    Outcome<void> record(const dataset::Chunk& chunk, Spot& spot, dataset::Splice& splice, Output& out) {
        if (!m_handler.unflattens())
            return values(spot, splice, out);
        auto changed = dataset::unflatten(m_parser.text(), m_parser.nodes(), m_unflattened);
        if (!changed.ok()) {
            Failure failure = changed.error();
            failure.where.record = spot.row;
            failure.where.byte = chunk.offset + m_parser.nodes()[0].begin;
            return fail(std::move(failure));
        }
        if (!*changed)
            return values(spot, splice, out);
        m_handler.unflattened();
        const auto& root = m_parser.nodes()[0];
        splice.replace({root.begin, root.end});
        if (auto parsed = m_parser.parseText(m_unflattened, chunk.depth); !parsed.ok())
            return parsed;
        spot.base.reset();
        dataset::Splice inner(m_unflattened, out.text);
        if (auto walked = values(spot, inner, out); !walked.ok())
            return walked;
        inner.finish();
        return {};
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

    Outcome<void> values(Spot& spot, dataset::Splice& splice, Output& out) {
        const auto& nodes = m_parser.nodes();
        spot.nodes = &nodes;
        m_kept.assign(nodes.size(), false);
        unsigned count = 0;
        for (std::size_t i = 0; i < nodes.size();) {
            const auto& node = nodes[i];
            Known& at = known(node.path);
            if (node.isContainer() && isWalked(i, node, at)) {
                if (i != 0)
                    at.container = m_kept[node.parent] = true;
                ++i;
                continue;
            }
            if ((++count & 0xff) == 0 && !out.relieve())
                return fail(Failure(Code::Cancelled));
            if (at.leaf == nullptr)
                at.leaf = m_handler.field(m_paths.text(node.path));
            spot.node = i;
            switch (m_handler.leaf(*at.leaf, valueOf(node), spot, splice, {node.begin, node.end})) {
            case Verdict::Drop:
                if (i == 0) {
                    m_handler.failure = Failure(Code::ValueNotForAction, {std::string("record")});
                    return failedAt(spot, at.leaf->path, node);
                }
                splice.replace(dataset::jsonDropSpan(m_parser.text(), node, m_kept[node.parent]));
                break;
            case Verdict::Failed:
                return failedAt(spot, at.leaf->path, node);
            case Verdict::Stay:
            case Verdict::Written:
            case Verdict::Emptied:
                if (i != 0)
                    m_kept[node.parent] = true;
                break;
            }
            i = node.after;
        }
        return {};
    }

    /// The record itself, and what goes on in another chunk, is always walked.
    bool isWalked(std::size_t index, const dataset::JsonNode& node, const Known& at) const {
        if (index == 0 || m_parser.isPartial(node))
            return true;
        const bool empty = node.after == index + 1;
        return empty ? at.skipsEmpty : !at.whole;
    }

    Value valueOf(const dataset::JsonNode& node) const {
        Value value;
        const auto text = m_parser.text();
        value.raw = node.raw(text);
        value.body = value.raw;
        switch (node.kind) {
        case dataset::JsonKind::String:
            value.type = node.escaped ? crypto::ValueType::Escaped : crypto::ValueType::Text;
            value.body = node.content(text);
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

    Outcome<void> failedAt(const Spot& spot, const std::string& path, const dataset::JsonNode& node) {
        Failure failure = m_handler.failure;
        failure.where = spot.where(path, node.begin);
        return fail(std::move(failure));
    }

    dataset::PathTable m_paths;
    dataset::JsonParser m_parser;
    Handler& m_handler;
    std::vector<Known> m_known;
    std::vector<bool> m_kept; ///< by node: has a child that stays
    std::string m_unflattened;
};

} // namespace sealwright::pipeline
