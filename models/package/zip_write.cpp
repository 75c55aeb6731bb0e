#include "models/package/zip_layout.h"

#include "models/package/zip_numbers.h"

namespace sealwright::package {
namespace {

void append16(std::string& out, std::uint64_t value) {
    for (int shift = 0; shift < 16; shift += 8) {
        out += static_cast<char>(value >> shift & 0xff);
    }
}

void append32(std::string& out, std::uint64_t value) {
    append16(out, value & 0xffff);
    append16(out, value >> 16 & 0xffff);
}

void append64(std::string& out, std::uint64_t value) {
    append32(out, value & 0xffffffff);
    append32(out, value >> 32);
}

std::uint64_t or32(std::uint64_t value) {
    return value < zip::max32 ? value : zip::max32;
}

/// What both headers share, from "version needed" to the length of the name.
void appendCommon(std::string& out, const ZipEntry& entry) {
    append16(out, entry.zip64 ? 45 : 20);
    append16(out, 0); // flags
    append16(out, 0); // stored
    append16(out, 0); // 00:00
    append16(out, zip::date1980);
    append32(out, entry.crc);
    append32(out, entry.zip64 ? zip::max32 : entry.size);
    append32(out, entry.zip64 ? zip::max32 : entry.size);
    append16(out, entry.name.size());
}

} // namespace

std::string payloadName(std::size_t number) {
    return "payload/" + std::to_string(number);
}

bool needsZip64(std::uint64_t size) {
    return size >= zip::max32;
}

std::uint64_t localHeaderSize(std::string_view name, bool zip64) {
    return zip::localSize + name.size() + (zip64 ? 20 : 0);
}

std::uint64_t place(ZipEntry& entry, std::uint64_t offset) {
    entry.zip64 = entry.zip64 || needsZip64(entry.size);
    entry.headerOffset = offset;
    entry.dataOffset = offset + localHeaderSize(entry.name, entry.zip64);
    return entry.dataOffset + entry.size;
}

std::string localHeader(const ZipEntry& entry) {
    std::string out;
    append32(out, zip::localMark);
    appendCommon(out, entry);
    append16(out, entry.zip64 ? 20 : 0);
    out += entry.name;
    if (entry.zip64) {
        append16(out, zip::zip64Id);
        append16(out, 16);
        append64(out, entry.size);
        append64(out, entry.size);
    }
    return out;
}

std::string centralDirectory(const std::vector<ZipEntry>& entries, std::uint64_t offset) {
    std::string out;
    out.reserve(entries.size() * 64 + 128);
    for (const ZipEntry& entry : entries) {
        std::string extra;
        if (entry.zip64) {
            append64(extra, entry.size);
            append64(extra, entry.size);
        }
        if (entry.headerOffset >= zip::max32) {
            append64(extra, entry.headerOffset);
        }
        append32(out, zip::centralMark);
        append16(out, 45); // made by
        appendCommon(out, entry);
        append16(out, extra.empty() ? 0 : extra.size() + 4);
        append16(out, 0); // comment
        append16(out, 0); // disk
        append16(out, 0); // internal attributes
        append32(out, 0); // external attributes
        append32(out, or32(entry.headerOffset));
        out += entry.name;
        if (!extra.empty()) {
            append16(out, zip::zip64Id);
            append16(out, extra.size());
            out += extra;
        }
    }
    const std::uint64_t size = out.size();
    const std::uint64_t count = entries.size();
    if (count >= zip::max16 || size >= zip::max32 || offset >= zip::max32) {
        append32(out, zip::end64Mark);
        append64(out, zip::end64Size - 12);
        append16(out, 45);
        append16(out, 45);
        append32(out, 0);
        append32(out, 0);
        append64(out, count);
        append64(out, count);
        append64(out, size);
        append64(out, offset);
        append32(out, zip::locatorMark);
        append32(out, 0);
        append64(out, offset + size);
        append32(out, 1);
    }
    append32(out, zip::endMark);
    append16(out, 0);
    append16(out, 0);
    append16(out, count < zip::max16 ? count : zip::max16);
    append16(out, count < zip::max16 ? count : zip::max16);
    append32(out, or32(size));
    append32(out, or32(offset));
    append16(out, 0); // comment
    return out;
}

} // namespace sealwright::package
