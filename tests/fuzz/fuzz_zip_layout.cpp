#include "models/package/zip_layout.h"
#include "tests/fuzz/memory_file.h"

// The ZIP of a package: headers alone, of any file.
namespace sealwright::fuzz {
namespace {

using namespace package;

void check(std::string_view input) {
    const MemoryFile file(input);
    const auto read = readLayout(PositionalFile::openToRead(file.path(), PositionalFile::Links::Follow).value());
    if (!read) {
        must(read.error().code == Code::PackageLayout, "one reason for every refusal");
        return;
    }
    const std::size_t count = read->size();
    must(count >= 4, "every package has four entries");
    std::uint64_t offset = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const ZipEntry& entry = (*read)[i];
        const std::string payload = "payload/" + std::to_string(i);
        const std::string_view last[] = {"index", "manifest.json", "manifest.jws"};
        must(entry.name == (i == 0 ? "mimetype" : i + 3 < count ? payload : last[i + 3 - count]), "names are in order");
        must(entry.headerOffset == offset, "entries touch");
        must(input.substr(offset, 4) == "PK\3\4", "each begins with its header");
        must(input.substr(offset + 30, entry.name.size()) == entry.name, "which names it");
        must(entry.dataOffset >= offset + 30 + entry.name.size(), "its bytes stand behind the header");
        offset = entry.dataOffset + entry.size;
        must(offset < input.size(), "all of them in the file");
    }
    must(input.substr(offset, 4) == "PK\1\2", "the central directory comes next");
    // One more byte anywhere between or behind the parts is one that readers could see differently.
    must(!readLayout(
             PositionalFile::openToRead(MemoryFile(std::string(input) + " ").path(), PositionalFile::Links::Follow)
                 .value()),
         "nothing stands behind");
}

const Registered registered({"zip_layout", check, std::string_view("PK\1\2\3\4\5\6\0\xff\x14!", 12)});

} // namespace
} // namespace sealwright::fuzz
