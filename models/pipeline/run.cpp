#include "models/pipeline/run.h"

namespace sealwright::pipeline {

std::string_view stableId(Finding::Kind kind) {
    switch (kind) {
    case Finding::Kind::RowsDisagree:
        return "rows-disagree";
    case Finding::Kind::RowTwice:
        return "row-twice";
    case Finding::Kind::RowsNotAscending:
        return "rows-not-ascending";
    case Finding::Kind::UnknownField:
        return "unknown-field";
    case Finding::Kind::OrdinalsNotInOrder:
        return "ordinals-not-in-order";
    case Finding::Kind::RecordCountDiffers:
        return "record-count-differs";
    case Finding::Kind::TokenCountDiffers:
        return "token-count-differs";
    case Finding::Kind::SourceCheckDiffers:
        return "source-check-differs";
    case Finding::Kind::ChangedSinceSigned:
        return "changed-since-signed";
    case Finding::Kind::UnknownSigner:
        break;
    }
    return "unknown-signer";
}

} // namespace sealwright::pipeline
