#pragma once
#include "app/net/network_thread.h"
#include "app/s3/link_rates.h"
#include "app/s3/sharers.h"
#include "models/ports/object_store.h"

#include <memory>

namespace sealwright {

/// The object store over S3, path style, SigV4. Safe on many threads at once.
class S3Store : public ObjectStore {
public:
    explicit S3Store(std::shared_ptr<net::NetworkThread> network) : m_network(std::move(network)) {}

    Outcome<ObjectFacts> head(const StoreAccess& access, const std::string& object, const Cancel& cancel) override;
    Outcome<void> fetch(const StoreAccess& access, const std::string& object, const ObjectFacts& pinned, ByteSink& sink,
                        const TransferProgress& progress, const Cancel& cancel) override;
    Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                             std::shared_ptr<const ByteSource> source, const std::string& contentType,
                             const TransferProgress& progress, const Cancel& cancel) override;
    Outcome<ObjectFacts> putOnward(const StoreAccess& access, const std::string& object,
                                   std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                   UploadJournal& journal, const TransferProgress& progress,
                                   const Cancel& cancel) override;
    std::unique_ptr<ObjectSink> putStream(const StoreAccess& access, const StreamedObject& object,
                                          const BegunUploadFn& begun, const Cancel& cancel) override;
    std::shared_ptr<const ByteSource> open(const StoreAccess& access, const std::string& object,
                                           const ObjectFacts& pinned, const Cancel& cancel) override;
    Outcome<void> abandon(const StoreAccess& access, const std::string& object, const std::string& uploadId,
                          const Cancel& cancel) override;
    Outcome<std::uint64_t> download(const std::string& url, const std::vector<std::string>& hosts,
                                    const std::string& caPem, const std::string& caSha256, std::uint64_t maxBytes,
                                    ByteSink& sink, const TransferProgress& progress, const Cancel& cancel) override;
    Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) override;

private:
    Outcome<ObjectFacts> putAny(const StoreAccess& access, const std::string& object,
                                const std::shared_ptr<const ByteSource>& source, const std::string& contentType,
                                UploadJournal* journal, const TransferProgress& progress, const Cancel& cancel);

    /// What the link to there is known to carry, or may, in bytes a second; 0: not known.
    std::uint64_t rateTo(const std::string& endpoint) const;

    std::shared_ptr<net::NetworkThread> m_network;
    s3::LinkRates m_rates;
    /// Under way.
    const s3::Sharers m_fetches = std::make_shared<std::atomic<std::size_t>>(0);
    const s3::Sharers m_streams = std::make_shared<std::atomic<std::size_t>>(0);
    const s3::Sharers m_remotes = std::make_shared<std::atomic<std::size_t>>(0);
};

} // namespace sealwright
