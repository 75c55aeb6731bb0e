#include "app/s3/upload_calls.h"

#include "app/net/slice_device.h"
#include "app/s3/slice_hash.h"

#include <QXmlStreamReader>

#include <map>

namespace sealwright::s3 {

namespace {

/// In the place of a payload's hash: the signature does not cover it (Amazon S3, signature version 4).
constexpr const char* unsignedPayload = "UNSIGNED-PAYLOAD";

using Fields = std::map<std::string, std::string>;

/// The texts inside each element of that name, by the names of the elements that hold them.
std::vector<Fields> elements(const QByteArray& xml, const char* name) {
    std::vector<Fields> found;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement || reader.name() != QLatin1String(name))
            continue;
        Fields fields;
        while (reader.readNextStartElement()) {
            const std::string field = reader.name().toString().toStdString();
            fields[field] = reader.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
        }
        found.push_back(std::move(fields));
    }
    return found;
}

std::uint64_t numberOf(const std::string& text) {
    return QByteArray::fromStdString(text).toULongLong();
}

Call callOf(const Target& target, const char* verb, Pairs query) {
    Call call;
    call.verb = verb;
    call.object = target.object;
    call.query = std::move(query);
    return call;
}

Outcome<std::string> etagOf(const Outcome<net::Answer>& answer) {
    if (!answer)
        return answer.failed();
    std::string etag = answer->header("ETag").toStdString();
    if (etag.empty())
        return fail(Failure(Code::StorageFailed, {"ETag"}));
    return etag;
}

/// Where a store says no before it has all of a part and hangs up at once, its answer may be lost with the connection:
/// a question without a body gets it, and new credentials where it was about those.
Outcome<net::Answer> performPart(const Target& target, const std::string& uploadId, const Call& call,
                                 const Cancel& cancel) {
    const auto credentials = [&] {
        return target.access.renewable ? target.access.renewable->current(cancel) : nullptr;
    };
    const auto before = credentials();
    auto answer = perform(target.network, target.access, call, cancel);
    if (answer || answer.error().code != Code::NetworkUnreachable)
        return answer;
    if (const auto there = listParts(target, uploadId, cancel); !there)
        return there.failed();
    return credentials() == before ? answer : perform(target.network, target.access, call, cancel);
}

} // namespace

Outcome<BegunUpload> createUpload(const Target& target, const std::string& contentType, const Cancel& cancel) {
    Call call = callOf(target, "POST", {{"uploads", ""}});
    call.headers = {{"x-amz-checksum-algorithm", "SHA256"}};
    call.contentType = contentType;
    const auto answer = perform(target.network, target.access, call, cancel);
    if (!answer)
        return answer.failed();
    std::string id = xmlText(answer->body, "UploadId");
    if (id.empty())
        return fail(Failure(Code::StorageFailed, {"UploadId"}));
    return BegunUpload{std::move(id), answer->header("x-amz-checksum-algorithm") == "SHA256"};
}

Outcome<std::vector<StoredPart>> listParts(const Target& target, const std::string& uploadId, const Cancel& cancel) {
    std::vector<StoredPart> parts;
    for (std::string marker = "0";;) {
        Call call = callOf(target, "GET", {{"part-number-marker", marker}, {"uploadId", uploadId}});
        call.maxAnswer = net::largeAnswer;
        const auto answer = perform(target.network, target.access, call, cancel);
        if (!answer)
            return answer.failed();
        for (Fields& part : elements(answer->body, "Part"))
            parts.push_back(
                {numberOf(part["PartNumber"]), numberOf(part["Size"]), part["ETag"], part["ChecksumSHA256"]});
        const std::string next = xmlText(answer->body, "NextPartNumberMarker");
        if (xmlText(answer->body, "IsTruncated") != "true" || numberOf(next) <= numberOf(marker))
            return parts;
        marker = next;
    }
}

Outcome<std::string> uploadPart(const Target& target, const std::string& uploadId, std::uint64_t number,
                                const PartBody& body, std::function<void(std::uint64_t)> sent, const Cancel& cancel) {
    Call call = callOf(target, "PUT", {{"partNumber", std::to_string(number)}, {"uploadId", uploadId}});
    call.headers = {{"x-amz-checksum-sha256", base64OfHex(body.sha256)}};
    // The checksum is signed: a store that holds the part to it need not hash the same bytes a second time.
    call.payloadSha256 = body.storeChecks ? unsignedPayload : body.sha256;
    call.openBody = [body] { return std::make_unique<net::SliceDevice>(body.source, body.offset, body.length); };
    call.onSent = std::move(sent);
    return etagOf(performPart(target, uploadId, call, cancel));
}

Outcome<std::string> putObject(const Target& target, const std::shared_ptr<const ByteSource>& source,
                               const std::string& contentType, std::function<void(std::uint64_t)> sent,
                               const Cancel& cancel) {
    const auto hash = hashSlice(*source, 0, source->size(), cancel);
    if (!hash)
        return hash.failed();
    Call call = callOf(target, "PUT", {});
    call.headers = {{"x-amz-checksum-sha256", hash->base64}};
    call.payloadSha256 = hash->hex;
    call.contentType = contentType;
    call.openBody = [source] { return std::make_unique<net::SliceDevice>(source, 0, source->size()); };
    call.onSent = std::move(sent);
    return etagOf(perform(target.network, target.access, call, cancel));
}

Outcome<std::string> completeUpload(const Target& target, const std::string& uploadId,
                                    const std::vector<StoredPart>& parts, const Cancel& cancel) {
    std::string body = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    for (const StoredPart& part : parts)
        body += "<Part><PartNumber>" + std::to_string(part.number) + "</PartNumber><ETag>" +
                QString::fromStdString(part.etag).toHtmlEscaped().toStdString() + "</ETag><ChecksumSHA256>" +
                part.sha256 + "</ChecksumSHA256></Part>";
    body += "</CompleteMultipartUpload>";
    Call call = callOf(target, "POST", {{"uploadId", uploadId}});
    call.body = QByteArray::fromStdString(body);
    call.contentType = "application/xml";
    const auto answer = perform(target.network, target.access, call, cancel);
    if (!answer)
        return answer.failed();
    // A 200 may hold an error all the same.
    std::string etag = xmlText(answer->body, "ETag");
    if (etag.empty())
        return fail(Failure(Code::StorageFailed, {xmlText(answer->body, "Code")}));
    return etag;
}

Outcome<std::vector<std::string>> listUploads(const Target& target, const Cancel& cancel) {
    // One page is enough: it holds a thousand, and more than a handful of one object's is not to be expected.
    Call call;
    call.query = {{"prefix", target.object}, {"uploads", ""}};
    const auto answer = perform(target.network, target.access, call, cancel);
    if (!answer)
        return answer.failed();
    std::vector<std::string> ids;
    for (Fields& upload : elements(answer->body, "Upload"))
        if (upload["Key"] == target.object)
            ids.push_back(upload["UploadId"]);
    return ids;
}

Outcome<void> abortUpload(const Target& target, const std::string& uploadId, const Cancel& cancel) {
    const auto answer =
        perform(target.network, target.access, callOf(target, "DELETE", {{"uploadId", uploadId}}), cancel);
    if (!answer && answer.error().code != Code::StorageNotFound)
        return answer.failed();
    return {};
}

void abortAllUploads(const Target& target, const Cancel& cancel) {
    if (const auto all = listUploads(target, cancel))
        for (const std::string& id : *all)
            (void)abortUpload(target, id, cancel);
}

Outcome<StoredObject> headObject(const Target& target, const Cancel& cancel) {
    Call call = callOf(target, "HEAD", {});
    call.headers = {{"x-amz-checksum-mode", "ENABLED"}};
    const auto answer = perform(target.network, target.access, call, cancel);
    if (!answer)
        return answer.failed();
    bool number = false;
    StoredObject there{answer->header("Content-Length").toULongLong(&number), answer->header("ETag").toStdString(),
                       answer->header("x-amz-checksum-sha256").toStdString()};
    if (!number || there.etag.empty())
        return fail(Failure(Code::StorageFailed, {"HEAD"}));
    return there;
}

} // namespace sealwright::s3
