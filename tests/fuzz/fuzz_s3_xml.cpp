#include "app/s3/s3_call.h"
#include "models/dataset/encoding.h"
#include "tests/fuzz/target.h"

// What an object store answers in XML.
namespace sealwright::fuzz {
namespace {

void check(std::string_view input) {
    const QByteArray xml(input.data(), static_cast<qsizetype>(input.size()));
    for (const char* const element : {"Code", "UploadId", "ETag", "ChecksumSHA256"}) {
        const std::string text = s3::xmlText(xml, element);
        must(dataset::isUtf8(text), "a text is one");
        // Entities that stand for entities may make a text longer, but not without bound.
        must(text.size() <= input.size() * 4 + 16'384, "a short answer has no long text");
        must(text.empty() || xml.contains(element) || xml.contains('\0') || input.substr(0, 2) == "\xff\xfe" ||
                 input.substr(0, 2) == "\xfe\xff" || xml.contains("encoding"),
             "of an element that is there");
    }
}

const Registered registered({"s3_xml", check, "<>/&;\"'=!?[]-CodeETagxmlns: "});

} // namespace
} // namespace sealwright::fuzz
