#include "models/package/zip_layout.h"
#include "models/package/zip_numbers.h"

namespace sealwright::package {
namespace {

constexpr std::uint64_t maxEntries = 1'000'000 + 4;

Err<Failure> refused(std::string part) {
    return fail({Code::PackageLayout, {std::move(part)}});
}

/// Little-endian numbers out of bytes that are known to be there.
class Numbers {
public:
    explicit Numbers(ByteView bytes) : m_bytes(bytes) {}
    std::size_t left() const { return m_bytes.size(); }
    std::uint64_t take(std::size_t size) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value |= std::uint64_t{m_bytes[i]} << (8 * i);
        }
        m_bytes = m_bytes.subspan(size);
        return value;
    }
    std::uint16_t u16() { return static_cast<std::uint16_t>(take(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(take(4)); }
    std::uint64_t u64() { return take(8); }
    std::string text(std::size_t size) {
        std::string value(asText(m_bytes.first(size)));
        m_bytes = m_bytes.subspan(size);
        return value;
    }
    ByteView bytes(std::size_t size) {
        const ByteView value = m_bytes.first(size);
        m_bytes = m_bytes.subspan(size);
        return value;
    }

private:
    ByteView m_bytes;
};

struct End {
    std::uint64_t count = 0, size = 0, offset = 0;
};

Outcome<Bytes> readBytes(const PositionalFile& file, std::uint64_t offset, std::uint64_t size,
                         const std::string& part) {
    Bytes bytes(size);
    const Outcome<std::size_t> got = file.readAt(offset, bytes);
    if (!got) {
        return got.failed();
    }
    if (*got != size) {
        return refused(part);
    }
    return bytes;
}

/// The ZIP64 end that `end` points to by its locator; everything in `end` agrees with it or is its sentinel.
Outcome<End> readEnd64(const PositionalFile& file, std::uint64_t endOffset, const End& end) {
    if (endOffset < zip::locatorSize + zip::end64Size) {
        return refused("end");
    }
    const std::uint64_t end64Offset = endOffset - zip::locatorSize - zip::end64Size;
    const Outcome<Bytes> bytes = readBytes(file, end64Offset, zip::locatorSize + zip::end64Size, "end");
    if (!bytes) {
        return bytes.failed();
    }
    Numbers in(*bytes);
    bool fits = in.u32() == zip::end64Mark && in.u64() == zip::end64Size - 12;
    in.take(4); // versions are free
    fits = in.u32() == 0 && in.u32() == 0 && fits;
    End end64;
    end64.count = in.u64();
    fits = in.u64() == end64.count && fits;
    end64.size = in.u64();
    end64.offset = in.u64();
    fits = in.u32() == zip::locatorMark && in.u32() == 0 && in.u64() == end64Offset && in.u32() == 1 && fits;
    fits = fits && (end.count == end64.count || end.count == zip::max16);
    fits = fits && (end.size == end64.size || end.size == zip::max32);
    fits = fits && (end.offset == end64.offset || end.offset == zip::max32);
    fits = fits && end64.size <= end64Offset && end64.offset == end64Offset - end64.size;
    if (!fits) {
        return refused("end");
    }
    return end64;
}

Outcome<End> readEnd(const PositionalFile& file, std::uint64_t fileSize) {
    if (fileSize < zip::endSize) {
        return refused("end");
    }
    const std::uint64_t endOffset = fileSize - zip::endSize;
    const Outcome<Bytes> bytes = readBytes(file, endOffset, zip::endSize, "end");
    if (!bytes) {
        return bytes.failed();
    }
    Numbers in(*bytes);
    End end;
    bool fits = in.u32() == zip::endMark && in.u16() == 0 && in.u16() == 0;
    end.count = in.u16();
    fits = in.u16() == end.count && fits;
    end.size = in.u32();
    end.offset = in.u32();
    fits = in.u16() == 0 && fits; // no comment
    if (!fits) {
        return refused("end");
    }
    if (end.offset + end.size == endOffset) {
        return end;
    }
    return readEnd64(file, endOffset, end);
}

struct Header {
    ZipEntry entry;
    std::uint16_t flags = 0;
};

/// The fields that both headers share, from flags on; false where one is not as FORMAT.md §6 has it.
struct Common {
    std::uint16_t flags = 0;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0, size = 0;
    std::size_t nameSize = 0, extraSize = 0;
    bool fits = false;
};

Common readCommon(Numbers& in) {
    Common common;
    in.u16(); // version needed is free
    common.flags = in.u16();
    const std::uint16_t method = in.u16();
    const std::uint16_t time = in.u16();
    const std::uint16_t date = in.u16();
    common.crc = in.u32();
    common.packed = in.u32();
    common.size = in.u32();
    common.nameSize = in.u16();
    common.extraSize = in.u16();
    common.fits = (common.flags & ~zip::utf8Flag) == 0 && method == 0 && time == 0 && date == zip::date1980;
    return common;
}

/// Fills in from the one extra field that may be there what stands as a sentinel, in the order of the ZIP format.
bool takeZip64(ByteView extra, std::initializer_list<std::uint64_t*> fields) {
    std::size_t wanted = 0;
    for (const std::uint64_t* field : fields) {
        wanted += *field == zip::max32 ? 8 : 0;
    }
    if (wanted == 0) {
        return extra.empty();
    }
    if (extra.size() != wanted + 4) {
        return false;
    }
    Numbers in(extra);
    if (in.u16() != zip::zip64Id || in.u16() != wanted) {
        return false;
    }
    for (std::uint64_t* field : fields) {
        if (*field == zip::max32) {
            *field = in.u64();
        }
    }
    return true;
}

Outcome<Header> readCentral(Numbers& in) {
    if (in.left() < zip::centralSize || in.u32() != zip::centralMark) {
        return refused("central directory");
    }
    in.u16(); // made by is free
    Common common = readCommon(in);
    const std::uint16_t commentSize = in.u16();
    const std::uint16_t disk = in.u16();
    in.take(6); // attributes are free
    Header header;
    header.flags = common.flags;
    header.entry.headerOffset = in.u32();
    if (!common.fits || commentSize != 0 || disk != 0 || in.left() < common.nameSize + common.extraSize) {
        return refused("central directory");
    }
    header.entry.name = in.text(common.nameSize);
    const ByteView extra = in.bytes(common.extraSize);
    if (!takeZip64(extra, {&common.size, &common.packed, &header.entry.headerOffset}) || common.size != common.packed) {
        return refused(header.entry.name);
    }
    header.entry.size = common.size;
    header.entry.crc = common.crc;
    return header;
}

/// The local header at the place where the entry before ended; gives where this entry's bytes end.
Outcome<std::uint64_t> readLocal(const PositionalFile& file, std::uint64_t offset, Header& header) {
    ZipEntry& entry = header.entry;
    if (entry.headerOffset != offset) {
        return refused(entry.name);
    }
    Byte buffer[zip::localSize + 64 + 20];
    const std::size_t most = zip::localSize + entry.name.size() + 20;
    if (most > sizeof buffer) {
        return refused(entry.name);
    }
    const Outcome<std::size_t> got = file.readAt(offset, MutableBytes(buffer, most));
    if (!got) {
        return got.failed();
    }
    if (*got < zip::localSize) {
        return refused(entry.name);
    }
    Numbers in(ByteView(buffer, *got));
    const bool marked = in.u32() == zip::localMark;
    Common common = readCommon(in);
    if (!marked || !common.fits || in.left() < common.nameSize + common.extraSize ||
        in.text(common.nameSize) != entry.name ||
        !takeZip64(in.bytes(common.extraSize), {&common.size, &common.packed}) || common.size != entry.size ||
        common.packed != entry.size || common.crc != entry.crc || common.flags != header.flags) {
        return refused(entry.name);
    }
    entry.dataOffset = offset + zip::localSize + common.nameSize + common.extraSize;
    return entry.dataOffset + entry.size;
}

/// mimetype, payload/1 …, index, manifest.json, manifest.jws, and nothing else.
Outcome<void> checkNames(const std::vector<ZipEntry>& entries) {
    if (entries.size() < 4) {
        return refused("central directory");
    }
    const std::size_t payloads = entries.size() - 4;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string expected = i == 0              ? std::string(mimetypeName)
                                     : i <= payloads     ? payloadName(i)
                                     : i == payloads + 1 ? std::string(indexName)
                                     : i == payloads + 2 ? std::string(manifestName)
                                                         : std::string(signatureName);
        if (entries[i].name != expected) {
            return refused(entries[i].name);
        }
    }
    return {};
}

} // namespace

Outcome<std::vector<ZipEntry>> readLayout(const PositionalFile& file) {
    const Outcome<FileIdentity> identity = file.identity();
    if (!identity) {
        return identity.failed();
    }
    const Outcome<End> end = readEnd(file, identity->size);
    if (!end) {
        return end.failed();
    }
    if (end->count > maxEntries || end->size > end->count * (zip::centralSize + 64 + 28)) {
        return refused("central directory");
    }
    const Outcome<Bytes> directory = readBytes(file, end->offset, end->size, "central directory");
    if (!directory) {
        return directory.failed();
    }
    std::vector<ZipEntry> entries;
    entries.reserve(end->count);
    Numbers in(*directory);
    std::uint64_t offset = 0;
    for (std::uint64_t i = 0; i < end->count; ++i) {
        Outcome<Header> header = readCentral(in);
        if (!header) {
            return header.failed();
        }
        if (header->entry.size > identity->size) {
            return refused(header->entry.name);
        }
        const Outcome<std::uint64_t> next = readLocal(file, offset, *header);
        if (!next) {
            return next.failed();
        }
        offset = *next;
        entries.push_back(std::move(header->entry));
    }
    if (in.left() != 0 || offset != end->offset) {
        return refused("central directory");
    }
    if (const Outcome<void> names = checkNames(entries); !names) {
        return names.failed();
    }
    return entries;
}

} // namespace sealwright::package
