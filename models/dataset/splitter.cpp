#include "models/dataset/splitter.h"

#include "models/dataset/csv_splitter.h"
#include "models/dataset/json_splitter.h"

namespace sealwright::dataset {

Outcome<std::unique_ptr<RecordSplitter>> RecordSplitter::open(const ByteSource& source, MediaType type,
                                                              const Dialect& dialect, const SplitOptions& options) {
    std::unique_ptr<RecordSplitter> splitter;
    if (type == MediaType::Csv) {
        const auto head = readCsvHead(source, dialect, options.maxRecord);
        if (!head)
            return head.failed();
        splitter = std::make_unique<CsvSplitter>(source, dialect, options, *head);
    } else if (type == MediaType::JsonLines) {
        splitter = std::make_unique<JsonLinesSplitter>(source, options);
    } else {
        const std::string recordsAt = dialect.recordsAt.value_or("");
        std::vector<std::string> path;
        if (!recordsAt.empty()) {
            auto names = recordsPath(recordsAt);
            if (!names)
                return names.failed();
            path = std::move(*names);
        }
        splitter = std::make_unique<JsonSplitter>(source, options, recordsAt, std::move(path));
    }
    return splitter;
}

} // namespace sealwright::dataset
