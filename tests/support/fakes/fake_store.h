#pragma once
#include "models/ports/object_store.h"
#include "tests/support/fakes/script.h"

#include <set>

namespace sealwright::tests {

/// Keys are "bucket/object".
class FakeStore : public ObjectStore {
public:
    explicit FakeStore(Script& script) : m_script(script) {}

    Outcome<ObjectFacts> head(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        use(access, cancel);
        return m_script.pass<ObjectFacts>("store.head", Code::NetworkUnreachable, &cancel,
                                          [&]() -> Outcome<ObjectFacts> {
                                              if (away)
                                                  return fail(Code::NetworkUnreachable);
                                              return facts(access, object);
                                          });
    }
    Outcome<void> fetch(const StoreAccess& access, const std::string& object, const ObjectFacts&, ByteSink& sink,
                        const TransferProgress&, const Cancel& cancel) override {
        use(access, cancel);
        return m_script.pass<void>("store.fetch", Code::NetworkUnreachable, &cancel,
                                   [&] { return sink.write(objects[access.bucket + "/" + object]); });
    }
    Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                             std::shared_ptr<const ByteSource> source, const std::string&, const TransferProgress&,
                             const Cancel& cancel) override {
        use(access, cancel);
        return m_script.pass<ObjectFacts>("store.put", Code::NetworkUnreachable, &cancel,
                                          [&]() -> Outcome<ObjectFacts> {
                                              auto bytes = all(*source);
                                              if (!bytes)
                                                  return bytes.failed();
                                              objects[access.bucket + "/" + object] = std::move(*bytes);
                                              return facts(access, object);
                                          });
    }
    /// In parts of `partSize` bytes. Beginning, each part, and completing pass the script one by one.
    Outcome<ObjectFacts> putOnward(const StoreAccess& access, const std::string& object,
                                   std::shared_ptr<const ByteSource> source, const std::string&, UploadJournal& journal,
                                   const TransferProgress&, const Cancel& cancel) override {
        use(access, cancel);
        const auto stored = inParts(access.bucket + "/" + object, *source, journal, cancel);
        return stored ? facts(access, object) : stored.failed();
    }
    /// One part a write. Beginning, each part, and completing pass the script as those of putOnward() do.
    std::unique_ptr<ObjectSink> putStream(const StoreAccess& access, const StreamedObject& object,
                                          const BegunUploadFn& begun, const Cancel& cancel) override {
        use(access, cancel);
        expected = object.expected;
        return std::make_unique<Stream>(*this, access, object.name, begun, cancel);
    }
    std::shared_ptr<const ByteSource> open(const StoreAccess& access, const std::string& object, const ObjectFacts&,
                                           const Cancel& cancel) override {
        return std::make_shared<Remote>(*this, access.bucket + "/" + object, cancel);
    }
    Outcome<void> abandon(const StoreAccess& access, const std::string& object, const std::string&,
                          const Cancel& cancel) override {
        return m_script.pass<void>("store.abandon", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads.erase(access.bucket + "/" + object);
            return {};
        });
    }
    Outcome<std::uint64_t> download(const std::string& url, const std::vector<std::string>& hosts, const std::string&,
                                    const std::string&, std::uint64_t maxBytes, ByteSink& sink, const TransferProgress&,
                                    const Cancel& cancel) override {
        return m_script.pass<std::uint64_t>(
            "store.download", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<std::uint64_t> {
                const auto host = hostOfEndpoint(url);
                if (!host || std::find(hosts.begin(), hosts.end(), *host) == hosts.end())
                    return fail(Code::JobHostNotListed);
                const auto found = urls.find(url);
                if (found == urls.end())
                    return fail(ended.count(url) > 0 ? Code::StorageDenied : Code::StorageNotFound);
                if (found->second.size() > maxBytes)
                    return fail(Code::StorageFailed);
                if (auto written = sink.write(found->second); !written)
                    return written.failed();
                return found->second.size();
            });
    }
    Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_script.pass<void>("store.remove", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            objects.erase(access.bucket + "/" + object);
            return {};
        });
    }

    bool away = false;
    std::map<std::string, std::string> objects;
    std::map<std::string, std::string> urls; ///< what lies behind pre-signed ones
    std::set<std::string> ended;             ///< those that were good once
    std::vector<std::string> accessKeys;     ///< of the renewable credentials, one a call
    struct Upload {
        std::string id;
        std::map<std::uint64_t, std::string> parts;
    };
    std::map<std::string, Upload> uploads; ///< unfinished, one an object
    std::uint64_t partsSent = 0;
    std::uint64_t expected = 0; ///< length, of the last stream
    static constexpr std::uint64_t partSize = 64;

private:
    class Stream : public ObjectSink {
    public:
        Stream(FakeStore& store, StoreAccess access, std::string object, BegunUploadFn begun, Cancel cancel)
            : m_store(store),
              m_access(std::move(access)),
              m_object(std::move(object)),
              m_key(m_access.bucket + "/" + m_object),
              m_begun(std::move(begun)),
              m_cancel(std::move(cancel)) {}
        Outcome<void> write(std::string_view bytes) override {
            if (m_parts == 0)
                if (auto begun = m_store.beginUpload(m_key, m_begun, m_cancel); !begun)
                    return begun;
            return m_store.putPart(m_key, ++m_parts, std::string(bytes), m_cancel);
        }
        Outcome<ObjectFacts> finish() override {
            const auto done = m_store.completeUpload(m_key, m_cancel);
            return done ? m_store.facts(m_access, m_object) : done.failed();
        }

    private:
        FakeStore& m_store;
        const StoreAccess m_access;
        const std::string m_object, m_key;
        const BegunUploadFn m_begun;
        const Cancel m_cancel;
        std::uint64_t m_parts = 0;
    };
    class Remote : public ByteSource {
    public:
        Remote(FakeStore& store, const std::string& key, Cancel cancel)
            : m_store(store), m_bytes(store.objects[key]), m_key(key), m_cancel(std::move(cancel)) {}
        std::uint64_t size() const override { return m_bytes.size(); }
        std::string name() const override { return m_key; }
        Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
            return m_store.m_script.pass<std::size_t>(
                "store.read", Code::NetworkUnreachable, &m_cancel, [&]() -> Outcome<std::size_t> {
                    const auto piece = std::string_view(m_bytes).substr(std::min<std::size_t>(offset, m_bytes.size()));
                    const std::size_t taken = std::min(piece.size(), out.size());
                    std::copy_n(piece.begin(), taken, reinterpret_cast<char*>(out.data()));
                    return taken;
                });
        }

    private:
        FakeStore& m_store;
        const std::string m_bytes, m_key;
        const Cancel m_cancel;
    };

    void use(const StoreAccess& access, const Cancel& cancel) {
        if (access.renewable)
            accessKeys.push_back(access.renewable->current(cancel)->accessKey);
    }
    static Outcome<std::string> all(const ByteSource& source) {
        std::string bytes(source.size(), '\0');
        const auto got = source.readAt(0, {reinterpret_cast<Byte*>(bytes.data()), bytes.size()});
        return got ? Outcome<std::string>(std::move(bytes)) : got.failed();
    }
    Outcome<void> inParts(const std::string& key, const ByteSource& source, UploadJournal& journal,
                          const Cancel& cancel) {
        const auto bytes = all(source);
        if (!bytes)
            return bytes.failed();
        const UploadState known = journal.known();
        const auto unfinished = uploads.find(key);
        if (known.id.empty() || unfinished == uploads.end() || unfinished->second.id != known.id) {
            if (!known.id.empty() && objects[key] == *bytes)
                return {}; // completed, and nobody heard
            if (auto begun = beginUpload(
                    key, [&](const std::string& id) { return journal.begun(id, partSize); }, cancel);
                !begun)
                return begun;
        }
        for (std::uint64_t at = 0, number = 1; at < bytes->size(); at += partSize, ++number) {
            if (uploads[key].parts.count(number) > 0)
                continue;
            auto sent = putPart(key, number, bytes->substr(at, partSize), cancel);
            if (sent)
                sent = journal.sent({number, "\"e\"", std::string(64, 'a')});
            if (!sent)
                return sent;
        }
        return completeUpload(key, cancel);
    }
    Outcome<void> beginUpload(const std::string& key, const BegunUploadFn& begun, const Cancel& cancel) {
        const std::string id = "upload-" + std::to_string(++m_ids);
        auto done = m_script.pass<void>("store.begin", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads[key] = {id, {}};
            return {};
        });
        return done ? begun(id) : done;
    }
    Outcome<void> putPart(const std::string& key, std::uint64_t number, std::string bytes, const Cancel& cancel) {
        return m_script.pass<void>("store.part", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads[key].parts[number] = std::move(bytes);
            ++partsSent;
            return {};
        });
    }
    Outcome<void> completeUpload(const std::string& key, const Cancel& cancel) {
        return m_script.pass<void>("store.complete", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            std::string whole;
            for (const auto& [number, part] : uploads[key].parts)
                whole += part;
            objects[key] = whole;
            uploads.erase(key);
            return {};
        });
    }
    Outcome<ObjectFacts> facts(const StoreAccess& access, const std::string& object) const {
        const auto found = objects.find(access.bucket + "/" + object);
        if (found == objects.end())
            return fail(Code::StorageNotFound);
        return ObjectFacts{found->second.size(), "\"e\""};
    }
    Script& m_script;
    int m_ids = 0;
};

} // namespace sealwright::tests
