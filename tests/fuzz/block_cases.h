#pragma once
#include "tests/dataset/reading.h"
#include "tests/fuzz/target.h"

// What holds for every data format.
namespace sealwright::fuzz {

/// Whole and in tiny blocks, the same is read, or the same is refused at the same place; and all bytes are there.
inline void sameInAnyBlocks(const std::string& text, MediaType type, const Dialect& dialect, std::size_t block) {
    using namespace dataset::testing;
    const auto source = memorySource(text, "fuzz");
    dataset::SplitOptions options;
    options.blockSize = 64u << 10; // of a MiB, clearing them would take most of the time
    const Reading whole = readAll(*source, type, dialect, options);
    options.blockSize = block;
    const Reading tiny = readAll(*source, type, dialect, options);
    must(whole.story == tiny.story, "records are the same");
    must(whole.paths == tiny.paths, "paths are the same");
    must(whole.failure.has_value() == tiny.failure.has_value(), "refused or not");
    if (whole.failure) {
        must(placeOf(*whole.failure) == placeOf(*tiny.failure), "refused at the same place");
        return;
    }
    must(whole.bytes == text && tiny.bytes == text, "the chunks are the source");
    must(whole.rows == tiny.rows, "rows are the same");
}

} // namespace sealwright::fuzz
