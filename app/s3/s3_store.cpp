#include "app/s3/s3_store.h"

#include "app/net/authority.h"
#include "app/net/backoff.h"
#include "app/s3/completion.h"
#include "app/s3/multipart.h"
#include "app/s3/part_sizes.h"
#include "app/s3/range_fetch.h"
#include "app/s3/remote_object.h"
#include "app/s3/stream_upload.h"
#include "models/domain/sleep.h"

#include <algorithm>

namespace sealwright {

Outcome<ObjectFacts> S3Store::head(const StoreAccess& access, const std::string& object, const Cancel& cancel) {
    const auto there = s3::headObject({*m_network, access, object}, cancel);
    if (!there)
        return there.failed();
    return ObjectFacts{there->size, there->etag};
}

Outcome<void> S3Store::fetch(const StoreAccess& access, const std::string& object, const ObjectFacts& pinned,
                             ByteSink& sink, const TransferProgress& progress, const Cancel& cancel) {
    const auto began = std::chrono::steady_clock::now();
    auto fetched = s3::RangeFetch({*m_network, access, object}, pinned, sink, progress, cancel, m_fetches).run();
    if (fetched)
        m_rates.note(access.endpoint, pinned.size, std::chrono::steady_clock::now() - began);
    return fetched;
}

Outcome<ObjectFacts> S3Store::put(const StoreAccess& access, const std::string& object,
                                  std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                  const TransferProgress& progress, const Cancel& cancel) {
    return putAny(access, object, source, contentType, nullptr, progress, cancel);
}

Outcome<ObjectFacts> S3Store::putOnward(const StoreAccess& access, const std::string& object,
                                        std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                        UploadJournal& journal, const TransferProgress& progress,
                                        const Cancel& cancel) {
    return putAny(access, object, source, contentType, &journal, progress, cancel);
}

Outcome<ObjectFacts> S3Store::putAny(const StoreAccess& access, const std::string& object,
                                     const std::shared_ptr<const ByteSource>& source, const std::string& contentType,
                                     UploadJournal* journal, const TransferProgress& progress, const Cancel& cancel) {
    const s3::Target target{*m_network, access, object};
    const auto began = std::chrono::steady_clock::now();
    const auto whole = [&]() -> Outcome<ObjectFacts> {
        auto etag = s3::putObject(
            target, source, contentType, [&](std::uint64_t sent) { progress(sent, source->size()); }, cancel);
        return etag ? Outcome<ObjectFacts>({source->size(), std::move(*etag)}) : etag.failed();
    };
    const auto stored =
        source->size() < s3::multipartFrom
            ? whole()
            : s3::MultipartUpload(target, source, contentType, rateTo(access.endpoint), journal, progress, cancel)
                  .run();
    if (!stored)
        return stored;
    if (!journal) // what another process sent took its own time
        m_rates.note(access.endpoint, source->size(), std::chrono::steady_clock::now() - began);
    return s3::confirm(target, *stored, cancel);
}

std::unique_ptr<ObjectSink> S3Store::putStream(const StoreAccess& access, const StreamedObject& object,
                                               const BegunUploadFn& begun, const Cancel& cancel) {
    return std::make_unique<s3::StreamUpload>(m_network, access, object, begun, m_streams, cancel);
}

std::shared_ptr<const ByteSource> S3Store::open(const StoreAccess& access, const std::string& object,
                                                const ObjectFacts& pinned, const Cancel& cancel) {
    return std::make_shared<s3::RemoteObject>(m_network, access, object, pinned, m_remotes, cancel);
}

std::uint64_t S3Store::rateTo(const std::string& endpoint) const {
    const std::uint64_t known = m_rates.of(endpoint), limit = m_network->rate();
    return known == 0 ? limit : limit == 0 ? known : std::min(known, limit);
}

Outcome<void> S3Store::abandon(const StoreAccess& access, const std::string& object, const std::string& uploadId,
                               const Cancel& cancel) {
    const s3::Target target{*m_network, access, object};
    if (!uploadId.empty())
        if (auto aborted = s3::abortUpload(target, uploadId, cancel); !aborted)
            return aborted;
    const auto ids = s3::listUploads(target, cancel);
    if (!ids && ids.error().code == Code::StorageDenied) // credentials narrowed to a prefix may not list
        return {};
    if (!ids)
        return ids.failed();
    for (const std::string& id : *ids)
        if (auto aborted = s3::abortUpload(target, id, cancel); !aborted)
            return aborted;
    return {};
}

Outcome<std::uint64_t> S3Store::download(const std::string& url, const std::vector<std::string>& hosts,
                                         const std::string& caPem, const std::string& caSha256, std::uint64_t maxBytes,
                                         ByteSink& sink, const TransferProgress& progress, const Cancel& cancel) {
    net::Request request;
    request.url = QUrl::fromEncoded(QByteArray::fromStdString(url), QUrl::StrictMode);
    if (!request.url.isValid())
        return fail(Failure(Code::PlatformAnswerInvalid, {"URL"}));
    const std::string host = net::hostPort(request.url);
    if (std::find(hosts.begin(), hosts.end(), host) == hosts.end())
        return fail(Failure(Code::JobHostNotListed, {host}));
    request.trust = {caPem, caSha256};
    request.maxAnswer = maxBytes;
    request.tooLarge = Code::StorageFailed;
    std::uint64_t done = 0;
    request.onBody = [&](std::string_view piece) -> Outcome<void> {
        if (auto written = sink.write(piece); !written)
            return written;
        done += piece.size();
        progress(done, maxBytes);
        return {};
    };
    for (int attempt = 1;; ++attempt) {
        const auto answer = m_network->call(request, cancel);
        if (answer && answer->good())
            return done;
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        const bool passing =
            answer ? answer->status >= 500 || answer->status == 429 : s3::isPassing(answer.error().code);
        if (!passing || done > 0 || attempt == 4) {
            if (!answer)
                return answer.failed();
            const Code code = answer->status == 403   ? Code::StorageDenied
                              : answer->status == 404 ? Code::StorageNotFound
                                                      : Code::StorageFailed;
            return fail(Failure(code, {std::to_string(answer->status)}));
        }
        (void)sleepUnlessCancelled(net::Backoff().delay(attempt, std::nullopt), cancel);
    }
}

Outcome<void> S3Store::remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) {
    s3::Call call;
    call.verb = "DELETE";
    call.object = object;
    const auto answer = s3::perform(*m_network, access, call, cancel);
    if (!answer)
        return answer.failed();
    return {};
}

} // namespace sealwright
