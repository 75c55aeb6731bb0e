#include "models/package/package_index.h"
#include "models/package/portable_path.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// A package's list of files, and the paths in it. The first byte of an input chooses how many payloads there are.
namespace sealwright::fuzz {
namespace {

using namespace package;

/// Whatever system the package is opened on, the path stays below the folder.
void staysBelow(std::string_view path) {
    must(!path.empty() && path.front() != '/', "a path is relative");
    must(path.find_first_of(std::string_view("\\:*?\"<>|\0", 9)) == path.npos, "no character that some system reads");
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        must(!part.empty() && part.back() != '.' && part.back() != ' ', "a part is a name, and no way up");
        begin = end + 1;
    }
}

void asPath(std::string_view path) {
    if (!isPortablePath(path))
        return;
    staysBelow(path);
    const auto text = textOf(path);
    must(text && text->normalized(QString::NormalizationForm_C) == *text, "it is UTF-8 in NFC");
    must(path.back() == '/' || foldedPath(std::string(path) + "/") == foldedPath(path),
         "a folder and a file of one name are told as one");
}

/// The plain way to find two paths that cannot stand side by side.
bool collides(const std::vector<IndexFile>& files) {
    for (std::size_t i = 0; i < files.size(); ++i)
        for (std::size_t j = 0; j < files.size(); ++j) {
            const std::string one = foldedPath(files[i].entry.path), other = foldedPath(files[j].entry.path);
            if (i != j && (one == other || other.substr(0, one.size() + 1) == one + "/"))
                return true;
        }
    return false;
}

void asIndex(std::string_view text, std::size_t payloads) {
    const auto read = readIndex(text, payloads);
    if (!read) {
        must(!read.error().facts.empty(), "a refusal says what");
        return;
    }
    std::vector<bool> used(payloads + 1);
    for (const IndexFile& file : *read) {
        staysBelow(file.entry.path);
        must(file.payload <= payloads && (file.payload == 0) == file.entry.isFolder(), "a file has a payload");
        must(file.payload == 0 || !used[file.payload], "of its own");
        used[file.payload] = true;
    }
    must(std::count(used.begin() + 1, used.end(), true) == static_cast<std::ptrdiff_t>(payloads), "none is left over");
    must(read->size() > 100 || !collides(*read), "all can stand side by side");
    const auto again = readIndex(writeIndex(*read), payloads);
    must(again && writeIndex(*again) == writeIndex(*read), "what is written is read, and written as it was");
}

/// Paths of any text, whether they may stand in a package or not.
void asFiles(const std::vector<std::string_view>& paths) {
    std::vector<IndexFile> files;
    for (const std::string_view path : paths)
        if (files.size() < 100)
            files.push_back({{std::string(path), 0, {}}, 0});
    must(collision(files).has_value() == collides(files), "both ways find a collision, or none");
}

void check(std::string_view input) {
    Choices choices(input);
    const std::size_t payloads = choices.byte() % 8;
    asIndex(choices.rest(), payloads);
    const auto parts = partsOf(choices.rest());
    for (const std::string_view part : parts)
        asPath(part);
    asFiles(parts);
}

const Registered registered({"package_index", check, "{}[]\",:\\./acCONu0d1\xc3\x9f\x1e", 50});

} // namespace
} // namespace sealwright::fuzz
