#include "models/tasks/sealed_place.h"

#include "models/tasks/dataset_files.h"

namespace sealwright {

namespace {

class InFile final : public SealedPlace {
public:
    explicit InFile(std::unique_ptr<FileSink> file) : m_file(std::move(file)) {}
    ByteSink& sink() override { return *m_file; }
    Outcome<std::shared_ptr<const ByteSource>> written() override {
        if (auto flushed = m_file->flush(); !flushed)
            return flushed.failed();
        auto source = openFileSource(m_file->temporaryPath());
        if (!source)
            return source.failed();
        return std::shared_ptr<const ByteSource>(std::move(*source));
    }
    std::unique_ptr<FileSink> takeFile() override { return std::move(m_file); }

private:
    std::unique_ptr<FileSink> m_file;
};

class InStore final : public SealedPlace {
public:
    InStore(ObjectStore& store, const StoreAccess& access, const StreamedObject& object, const BegunUploadFn& begun,
            const Cancel& cancel)
        : m_store(store),
          m_access(access),
          m_object(object.name),
          m_cancel(cancel),
          m_sink(store.putStream(access, object, begun, cancel)) {}
    ByteSink& sink() override { return *m_sink; }
    Outcome<std::shared_ptr<const ByteSource>> written() override {
        const auto stored = m_sink->finish();
        m_sink.reset();
        if (!stored)
            return stored.failed();
        return m_store.open(m_access, m_object, *stored, m_cancel);
    }
    std::unique_ptr<FileSink> takeFile() override { return nullptr; }

private:
    ObjectStore& m_store;
    const StoreAccess m_access;
    const std::string m_object;
    const Cancel m_cancel;
    std::unique_ptr<ObjectSink> m_sink;
};

} // namespace

Outcome<std::unique_ptr<SealedPlace>> sealIntoFile(const Services& services) {
    // The name is of this run alone: two programs that work on one profile never meet in one file.
    auto file = FileSink::create(services.spoolFolder + "/" + freshUuid() + ".sealed-data", false);
    if (!file)
        return file.failed();
    return std::unique_ptr<SealedPlace>(std::make_unique<InFile>(std::move(*file)));
}

std::unique_ptr<SealedPlace> sealIntoStore(const Services& services, const StoreAccess& access,
                                           const StreamedObject& object, const BegunUploadFn& begun,
                                           const Cancel& cancel) {
    return std::make_unique<InStore>(*services.store, access, object, begun, cancel);
}

} // namespace sealwright
