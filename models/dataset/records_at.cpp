#include "models/dataset/records_at.h"

#include "models/dataset/block_splitter.h"
#include "models/dataset/json_grammar.h"
#include "models/dataset/json_text.h"
#include "models/dataset/records_finder.h"
#include "models/domain/path.h"

namespace sealwright::dataset {

Outcome<std::optional<std::string>> findRecordsAt(const ByteSource& source) {
    RecordsFinder finder;
    std::string block(64u << 10, '\0');
    // What stands before the records is at most one record long; there is nothing to be found behind that.
    for (std::uint64_t offset = 0; offset <= maxRecordBytes;) {
        const auto got = source.readAt(offset, {reinterpret_cast<Byte*>(block.data()), block.size()});
        if (!got)
            return got.failed();
        std::string_view piece = std::string_view(block).substr(0, *got);
        if (offset == 0 && piece.substr(0, utf8Bom.size()) == utf8Bom)
            piece.remove_prefix(utf8Bom.size());
        const auto state = finder.feed(piece);
        if (state == RecordsFinder::State::Found) {
            std::string name, path;
            unescapeJson(finder.rawNames().front(), name); // what is found can be decoded
            appendEscapedName(name, path);
            return std::optional(path + "[]");
        }
        if (state == RecordsFinder::State::NotThere || *got == 0)
            break;
        offset += *got;
    }
    return std::optional<std::string>();
}

} // namespace sealwright::dataset
