#include "models/package/package_index.h"

#include "models/domain/document.h"
#include "models/package/portable_path.h"
#include "models/package/zip_layout.h"

#include <algorithm>

namespace sealwright::package {
namespace {

/// The number in `payload/N`, written in the one way; 0 for any other text.
std::size_t payloadNumber(std::string_view name, std::size_t most) {
    constexpr std::string_view start = "payload/";
    if (name.substr(0, start.size()) != start) {
        return 0;
    }
    std::size_t number = 0;
    for (const char c : name.substr(start.size())) {
        if (c < '0' || c > '9' || number > most) {
            return 0;
        }
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return number <= most && payloadName(number) == name ? number : 0;
}

IndexFile readFile(MemberReader in, std::size_t payloads) {
    IndexFile file;
    file.entry.path = in.text("path");
    file.entry.modified = in.time("mtime");
    if (file.entry.isFolder()) {
        file.entry.size = in.integer("size", 0, 0);
    } else {
        file.entry.size = in.integer("size", 0, maxInteger);
        file.payload = payloadNumber(in.text("payload"), payloads);
        if (file.payload == 0) {
            in.refuse("payload");
        }
    }
    in.close();
    return file;
}

} // namespace

std::optional<std::pair<std::string, std::string>> collision(const std::vector<IndexFile>& files) {
    std::vector<std::pair<std::string, const std::string*>> sorted;
    sorted.reserve(files.size());
    for (const IndexFile& file : files) {
        sorted.emplace_back(foldedPath(file.entry.path), &file.entry.path);
    }
    // With `/` before every other character, all that is in a folder stands right behind it.
    const auto before = [](char a, char b) {
        return a != b && (a == '/' || (b != '/' && static_cast<unsigned char>(a) < static_cast<unsigned char>(b)));
    };
    std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
        return std::lexicographical_compare(a.first.begin(), a.first.end(), b.first.begin(), b.first.end(), before);
    });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        const std::string& first = sorted[i - 1].first;
        const std::string& second = sorted[i].first;
        if (second.starts_with(first) && (second.size() == first.size() || second[first.size()] == '/')) {
            return std::pair(*sorted[i - 1].second, *sorted[i].second);
        }
    }
    return std::nullopt;
}

std::string writeIndex(const std::vector<IndexFile>& files) {
    crypto::JsonArray items;
    items.reserve(files.size());
    for (const IndexFile& file : files) {
        crypto::JsonObject item;
        if (file.payload != 0) {
            item.emplace_back("payload", payloadName(file.payload));
        }
        item.emplace_back("path", file.entry.path);
        item.emplace_back("size", file.entry.size);
        item.emplace_back("mtime", toRfc3339(file.entry.modified.value_or(0)));
        items.emplace_back(std::move(item));
    }
    return crypto::writeControlJson(crypto::JsonObject{{"files", std::move(items)}});
}

Outcome<std::vector<IndexFile>> readIndex(std::string_view text, std::size_t payloads) {
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(text, maxIndexBytes);
    if (!json) {
        const bool tooLarge = json.error() == crypto::Error::LimitReached;
        return fail({tooLarge ? Code::DocumentTooLarge : Code::DocumentInvalid, {"index"}});
    }
    DocumentCheck check(Code::DocumentInvalid);
    MemberReader in(check, &*json, "index");
    std::vector<IndexFile> files;
    std::vector<bool> used(payloads + 1);
    std::size_t usedCount = 0;
    const crypto::JsonArray& items = in.array("files", 0, maxFiles);
    files.reserve(items.size());
    for (std::size_t i = 0; i < items.size() && check.ok(); ++i) {
        const std::string place = placeOfItem("index.files", i);
        files.push_back(readFile(MemberReader(check, &items[i], place), payloads));
        if (!check.ok()) {
            break;
        }
        if (!isPortablePath(files.back().entry.path)) {
            return fail({Code::PackageUnsafePath, {files.back().entry.path}});
        }
        const std::size_t payload = files.back().payload;
        if (payload != 0 && used[payload]) {
            check.refuse(place + ".payload");
        }
        used[payload] = true;
        usedCount += payload != 0 ? 1 : 0;
    }
    in.close();
    if (check.ok() && usedCount != payloads) {
        check.refuse("index.files");
    }
    if (!check.ok()) {
        return fail(check.failure());
    }
    if (const auto pair = collision(files)) {
        return fail({Code::PackageUnsafePath, {pair->second, pair->first}});
    }
    return files;
}

} // namespace sealwright::package
