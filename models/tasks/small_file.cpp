#include "models/tasks/small_file.h"

#include "models/dataset/byte_source.h"

namespace sealwright {

Outcome<std::string> readSmallFile(const std::string& path, std::uint64_t limit) {
    const auto source = openFileSource(path);
    if (!source)
        return source.failed();
    if ((*source)->size() > limit)
        return fail(Failure(Code::DocumentTooLarge, Where{path, {}, {}, {}}));
    std::string text((*source)->size(), '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const auto got =
            (*source)->readAt(filled, {reinterpret_cast<Byte*>(text.data()) + filled, text.size() - filled});
        if (!got)
            return got.failed();
        if (*got == 0)
            break;
        filled += *got;
    }
    text.resize(filled);
    return text;
}

Outcome<Nothing> writeSmallFile(const std::string& path, std::string_view text, bool replace) {
    auto file = FileSink::create(path, replace);
    if (!file)
        return file.failed();
    if (auto written = (*file)->write(text); !written)
        return written.failed();
    if (auto committed = (*file)->commit(); !committed)
        return committed.failed();
    return Nothing{};
}

} // namespace sealwright
