#include "tests/bench/works.h"

#include "app/s3/s3_store.h"
#include "crypto/stream/digest.h"
#include "models/package/package.h"
#include "models/pipeline/decrypt.h"
#include "models/pipeline/encrypt.h"
#include "models/pipeline/profile.h"
#include "tests/bench/generate.h"
#include "tests/bench/minimal_evp.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/resource.h>
#include <thread>

namespace sealwright::bench {

namespace {

crypto::SecretBytes benchDek() {
    crypto::SecretBytes dek(32);
    std::memset(dek.revealMutable().data(), 0x42, dek.size());
    return dek;
}

crypto::RunId benchRun() {
    crypto::RunId run;
    run.fill(0x24);
    return run;
}

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Times one piece of work and says what came of it.
class Stopwatch {
public:
    void lap(QJsonObject& said) const {
        said[QStringLiteral("seconds")] =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
        said[QStringLiteral("cpu_seconds")] = cpuSeconds() - m_cpu;
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    double m_cpu = cpuSeconds();
};

int failed(const Failure& failure) {
    std::fprintf(stderr, "%s %s\n", std::string(stableId(failure.code)).c_str(),
                 failure.facts.empty() ? "" : failure.facts[0].c_str());
    return 1;
}

int say(const QJsonObject& said) {
    std::puts(QJsonDocument(said).toJson(QJsonDocument::Compact).constData());
    return 0;
}

template <std::size_t N>
pipeline::EncryptRequest request(const crypto::SecretBytes& dek, const char* const (&paths)[N]) {
    pipeline::EncryptRequest request;
    request.policy.defaultAction = Action::Keep;
    request.policy.padTo = 0;
    for (const char* path : paths) {
        FieldRule rule;
        rule.path = path;
        request.policy.fields.push_back(rule);
    }
    request.keys.dek = &dek;
    request.keys.datasetId = "00000000-0000-4000-8000-000000000000";
    request.runId = benchRun();
    return request;
}

int sealTable(const std::string& sourcePath, const std::string& targetPath) {
    const auto dek = benchDek();
    auto source = openFileSource(sourcePath);
    if (!source)
        return failed(source.error());
    const auto sink = FileSink::create(targetPath, true);
    if (!sink)
        return failed(sink.error());
    const auto wanted = request(dek, sealedColumns);
    const Stopwatch watch;
    const auto done = pipeline::encryptDataset(**source, **sink, wanted, {});
    if (!done)
        return failed(done.error());
    QJsonObject said;
    watch.lap(said);
    std::uint64_t values = 0;
    for (const FieldInfo& field : done->dataset.fields)
        values += field.action == Action::Encrypt ? field.values : 0;
    said[QStringLiteral("values")] = static_cast<double>(values);
    said[QStringLiteral("records")] = static_cast<double>(done->run.records.value_or(0));
    if (const auto kept = (*sink)->commit(); !kept)
        return failed(kept.error());
    return say(said);
}

int profile(const std::string& sourcePath) {
    auto source = openFileSource(sourcePath);
    if (!source)
        return failed(source.error());
    const auto dek = benchDek();
    const auto wanted = request(dek, sealedColumns);
    const Stopwatch watch;
    const auto done = pipeline::profileDataset(**source, wanted.mediaType, wanted.dialect, &wanted.policy, {});
    if (!done)
        return failed(done.error());
    QJsonObject said;
    watch.lap(said);
    said[QStringLiteral("records")] = static_cast<double>(done->records);
    return say(said);
}

int minimal(const std::string& source, const std::string& target) {
    const auto dek = benchDek();
    FieldKeys keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto key = crypto::deriveFieldKey(dek, benchRun(), crypto::Mode::Gcm, sealedColumns[i]);
        std::memcpy(keys[i].data(), key.reveal().data(), keys[i].size());
    }
    const Stopwatch watch;
    const std::uint64_t values = sealMinimal(source, target, keys, std::thread::hardware_concurrency());
    QJsonObject said;
    watch.lap(said);
    said[QStringLiteral("values")] = static_cast<double>(values);
    return values == 0 ? 1 : say(said);
}

/// Counts and forgets: what the restored text has to be was compared by the source check.
class Nowhere : public ByteSink {
public:
    Outcome<void> write(std::string_view bytes) override {
        m_bytes += bytes.size();
        return {};
    }
    std::uint64_t bytes() const { return m_bytes; }

private:
    std::uint64_t m_bytes = 0;
};

int roundTrip(const std::string& kind, const std::string& sourcePath, const std::string& targetPath) {
    const auto dek = benchDek();
    auto source = openFileSource(sourcePath);
    if (!source)
        return failed(source.error());
    auto wanted = kind == "csv" ? request(dek, sealedColumns) : request(dek, sealedPaths);
    wanted.mediaType = kind == "csv" ? MediaType::Csv : MediaType::JsonLines;
    const auto sink = FileSink::create(targetPath, true);
    if (!sink)
        return failed(sink.error());
    const Stopwatch watch;
    const auto written = pipeline::encryptDataset(**source, **sink, wanted, {});
    if (!written)
        return failed(written.error());
    if (const auto kept = (*sink)->commit(); !kept)
        return failed(kept.error());
    auto stored = openFileSource(targetPath);
    if (!stored)
        return failed(stored.error());
    Manifest manifest;
    manifest.datasetId = wanted.keys.datasetId;
    manifest.runs = {written->run};
    manifest.content = {written->content};
    manifest.dataset = written->dataset;
    manifest.policy = written->policy;
    Nowhere restored;
    const auto opened = pipeline::decryptDataset(**stored, &restored, manifest, wanted.keys, {});
    if (!opened)
        return failed(opened.error());
    QJsonObject said;
    watch.lap(said);
    said[QStringLiteral("records")] = static_cast<double>(opened->records);
    said[QStringLiteral("values")] = static_cast<double>(opened->valuesOpened);
    said[QStringLiteral("same_bytes")] = opened->byteExact && restored.bytes() == (*source)->size();
    return say(said);
}

int package(const std::string& source, const std::string& target) {
    auto reader = crypto::DecryptionKey::generate();
    auto signer = crypto::SigningKey::generate();
    if (!reader || !signer)
        return 1;
    SealRequest wanted;
    wanted.sources = {source};
    wanted.target = target;
    wanted.recipients = {{reader->publicKey(), "bench"}};
    const Stopwatch watch;
    const auto done = sealPackage(
        wanted, *signer, [](std::uint64_t, std::uint64_t) {}, Cancel());
    if (!done)
        return failed(done.error());
    QJsonObject said;
    watch.lap(said);
    return say(said);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

int upload(const std::string& sourcePath, const std::string& bucket, const std::string& object) {
    auto source = openFileSource(sourcePath);
    if (!source)
        return failed(source.error());
    StorageCredentials credentials;
    credentials.accessKey = environment("SEALWRIGHT_S3_ACCESS_KEY");
    const std::string secret = environment("SEALWRIGHT_S3_SECRET_KEY");
    credentials.secretKey = crypto::SecretBytes(ByteView(reinterpret_cast<const Byte*>(secret.data()), secret.size()));
    StoreAccess access;
    access.endpoint = environment("SEALWRIGHT_S3_ENDPOINT");
    access.region = environment("SEALWRIGHT_S3_REGION");
    access.bucket = bucket;
    access.credentials = &credentials;
    S3Store store(std::make_shared<net::NetworkThread>());
    const Stopwatch watch;
    const auto done = store.put(
        access, object, *source, "application/octet-stream", [](std::uint64_t, std::uint64_t) {}, Cancel());
    if (!done)
        return failed(done.error());
    QJsonObject said;
    watch.lap(said);
    return say(said);
}

std::string hex(unsigned char byte, std::size_t count) {
    const Bytes bytes(count, byte);
    return crypto::hexLower(bytes);
}

} // namespace

std::string dekHex() {
    return hex(0x42, 32);
}

std::string runHex() {
    return hex(0x24, 16);
}

int work(const std::vector<std::string>& arguments) {
    const std::string name = arguments.empty() ? "" : arguments[0];
    const std::size_t count = arguments.size();
    if (name == "seal-table" && count == 3)
        return sealTable(arguments[1], arguments[2]);
    if (name == "profile" && count == 2)
        return profile(arguments[1]);
    if (name == "minimal" && count == 3)
        return minimal(arguments[1], arguments[2]);
    if (name == "round-trip" && count == 4)
        return roundTrip(arguments[1], arguments[2], arguments[3]);
    if (name == "package" && count == 3)
        return package(arguments[1], arguments[2]);
    if (name == "upload" && count == 4)
        return upload(arguments[1], arguments[2], arguments[3]);
    return 2;
}

} // namespace sealwright::bench
