#pragma once
#include "models/pipeline/csv_walk.h"
#include "models/pipeline/envelope_ordinals.h"
#include "models/pipeline/json_walk.h"

namespace sealwright::pipeline {

/// One chunk through the walk of its format; exactly one of the two is there. Parts of the envelope go one after the
/// other, with the handler's ordinals handed from part to part.
template <class Handler>
Outcome<void> walkParts(Handler& handler, std::optional<CsvWalk<Handler>>& csv, std::optional<JsonWalk<Handler>>& json,
                        EnvelopeOrdinals& envelope, Item& item, Output& out) {
    if (csv)
        return csv->run(item.chunk, out);
    if (item.chunk.kind != dataset::Chunk::Kind::Envelope)
        return json->run(item.chunk, out);
    const unsigned part = item.envelopePart;
    if (!envelope.begin(part))
        return fail(Failure(Code::Cancelled));
    handler.takeOrdinals(envelope.next);
    auto done = json->run(item.chunk, out);
    handler.giveOrdinals(envelope.next);
    envelope.end(part, done.ok());
    return done;
}

/// The same, and gives back what long values took on the way.
template <class Handler>
Outcome<void> walkChunk(Handler& handler, std::optional<CsvWalk<Handler>>& csv, std::optional<JsonWalk<Handler>>& json,
                        EnvelopeOrdinals& envelope, Item& item, Output& out) {
    handler.start(item);
    auto done = walkParts(handler, csv, json, envelope, item, out);
    handler.endChunk();
    if (csv)
        csv->settle();
    else
        json->settle();
    return done;
}

} // namespace sealwright::pipeline
