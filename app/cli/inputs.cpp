#include "app/cli/inputs.h"

#include "app/desktop/passphrase.h"
#include "models/pipeline/spool.h"
#include "models/tasks/machine.h"
#include "models/tasks/small_file.h"

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <limits>
#include <poll.h>
#include <unistd.h>

namespace sealwright::cli {

namespace {

/// Standard input in pieces, until its end or until cancelled.
Outcome<void> drainStandardInput(ByteSink& sink, const Cancel& cancel) {
    std::string buffer(1u << 20, '\0');
    constexpr int millisecondsBetweenLooks = 100;
    for (;;) {
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        // A read would wait for as long as nobody types.
        struct pollfd look = {STDIN_FILENO, POLLIN, 0};
        if (::poll(&look, 1, millisecondsBetweenLooks) == 0)
            continue;
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got == 0)
            return {};
        if (got < 0) {
            if (errno == EINTR || errno == EAGAIN)
                continue;
            return fail(Failure(Code::DataNotReadable, Where{"-", {}, {}, {}}));
        }
        if (auto written = sink.write({buffer.data(), static_cast<std::size_t>(got)}); !written)
            return written;
    }
}

} // namespace

Outcome<std::string> readText(const std::string& path, std::uint64_t limit) {
    if (path == "-") {
        MemorySink sink;
        class Limited : public ByteSink {
        public:
            Limited(MemorySink& into, std::uint64_t most) : m_into(into), m_most(most) {}
            Outcome<void> write(std::string_view bytes) override {
                if (m_into.bytes().size() + bytes.size() > m_most)
                    return fail(Failure(Code::DocumentTooLarge, Where{"-", {}, {}, {}}));
                return m_into.write(bytes);
            }

        private:
            MemorySink& m_into;
            std::uint64_t m_most;
        } limited(sink, limit);
        if (auto drained = drainStandardInput(limited, Cancel::current()); !drained)
            return drained.failed();
        return std::move(sink.bytes());
    }
    return readSmallFile(path, limit);
}

Outcome<std::string> readLine(const std::string& path, std::uint64_t limit) {
    auto text = readText(path, limit);
    while (text && !text->empty() && (text->back() == '\n' || text->back() == '\r'))
        text->pop_back();
    return text;
}

Outcome<std::shared_ptr<ByteSource>> openData(Invocation& call, const std::string& path) {
    if (path != "-")
        return openFileSource(path);
    const auto services = call.services();
    if (!services)
        return services.failed();
    auto spool = pipeline::Spool::create((*services)->spoolFolder);
    if (!spool)
        return spool.failed();
    if (auto drained = drainStandardInput(**spool, call.cancel()); !drained)
        return drained.failed();
    return (*spool)->finish("-");
}

Outcome<std::optional<Policy>> policyOption(const Invocation& call) {
    if (!call.has("policy"))
        return std::optional<Policy>();
    const std::string path = call.value("policy");
    const auto text = readText(path);
    if (!text)
        return text.failed();
    auto policy = parsePolicy(*text);
    if (!policy) {
        Failure failure = policy.error();
        failure.where.file = path;
        return fail(std::move(failure));
    }
    return std::optional<Policy>(std::move(*policy));
}

Outcome<std::optional<int>> numberOption(const Invocation& call, const char* name, int least, int most) {
    if (!call.has(name))
        return std::optional<int>();
    const std::string text = call.value(name);
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
        return wrongUse("--" + std::string(name) + " cannot be " + text + ".");
    return std::optional(number);
}

Outcome<std::uint64_t> rateOption(const Invocation& call) {
    if (!call.has("limit-rate"))
        return std::uint64_t{0};
    const std::string text = call.value("limit-rate");
    const auto wrong = [&text] {
        return wrongUse(
            "--limit-rate cannot be " + text +
            ". It is bytes a second, from 1K: a whole number, with K, M or G behind it for powers of 1024.");
    };
    constexpr std::uint64_t least = 1u << 10;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const auto shift = unit.empty() ? 0 : unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : -1;
    if (error != std::errc() || shift < 0)
        return wrong();
    const auto bits = static_cast<unsigned>(shift);
    if (number > (std::numeric_limits<std::uint64_t>::max() >> bits) || (number << bits) < least)
        return wrong();
    return number << bits;
}

Outcome<unsigned> threadsOption(const Invocation& call) {
    constexpr int most = 256;
    const auto number = numberOption(call, "threads", 1, most);
    if (!number)
        return number.failed();
    return static_cast<unsigned>(number->value_or(0));
}

Outcome<DialectWish> dialectOption(const Invocation& call) {
    DialectWish wish;
    if (call.has("media-type")) {
        const std::string type = call.value("media-type");
        wish.mediaType = mediaTypeFromText(type);
        if (!wish.mediaType)
            return wrongUse("--media-type " + type +
                            " is not text/csv, text/tab-separated-values, application/json or application/x-ndjson.");
        if (type == "text/tab-separated-values")
            wish.delimiter = '\t';
    }
    if (call.has("delimiter")) {
        const std::string text = call.value("delimiter");
        wish.delimiter = text == "tab" ? std::optional('\t') : delimiterFromText(text);
        if (!wish.delimiter)
            return wrongUse("--delimiter is one ASCII character or the word tab, not " + text + ".");
    }
    if (call.has("quote")) {
        const std::string text = call.value("quote");
        if (text != "\"" && text != "none")
            return wrongUse("--quote is \" or none, not " + text + ".");
        wish.quoting = text != "none";
    }
    if (call.has("header")) {
        const std::string text = call.value("header");
        if (text != "yes" && text != "no")
            return wrongUse("--header is yes or no, not " + text + ".");
        wish.header = text == "yes";
    }
    if (call.has("encoding"))
        wish.encoding = call.value("encoding");
    if (call.has("records-at"))
        wish.recordsAt = call.value("records-at");
    return wish;
}

Outcome<std::vector<crypto::RecipientKey>> recipientsOption(const Invocation& call) {
    std::vector<crypto::RecipientKey> recipients;
    for (const std::string& path : call.values("to")) {
        const auto text = readText(path);
        if (!text)
            return text.failed();
        const auto keys = readPublicKeys(*text);
        if (!keys || keys->enc.empty())
            return fail(Failure(Code::DocumentInvalid, Where{path, {}, {}, {}}, {"recipient key"}));
        recipients.insert(recipients.end(), keys->enc.begin(), keys->enc.end());
    }
    return recipients;
}

Outcome<std::vector<crypto::VerificationKey>> signersOption(const Invocation& call) {
    std::vector<crypto::VerificationKey> signers;
    for (const std::string& path : call.values("signer")) {
        const auto text = readText(path);
        if (!text)
            return text.failed();
        const auto keys = readPublicKeys(*text);
        if (!keys || keys->sig.empty())
            return fail(Failure(Code::DocumentInvalid, Where{path, {}, {}, {}}, {"signing key"}));
        signers.insert(signers.end(), keys->sig.begin(), keys->sig.end());
    }
    return signers;
}

Outcome<std::optional<crypto::DecryptionKey>> keyOption(Invocation& call) {
    if (!call.has("key"))
        return std::optional<crypto::DecryptionKey>();
    const std::string path = call.value("key");
    auto pem = readText(path);
    if (!pem)
        return pem.failed();
    crypto::SecretBytes passphrase;
    if (pem->find("ENCRYPTED PRIVATE KEY") != std::string::npos) {
        auto read = desktop::readPassphrase(
            {call.globals().passphraseFd, call.globals().passphraseFile.toStdString(), "Passphrase of " + path + ": "});
        if (!read)
            return read.failed();
        passphrase = std::move(*read);
    }
    const auto der = crypto::decryptPkcs8Pem(*pem, passphrase);
    crypto::wipe(*pem);
    if (!der)
        return fail(der.error() == crypto::Error::WrongPassphrase
                        ? Failure(Code::KeyPassphraseWrong)
                        : Failure(Code::DocumentInvalid, Where{path, {}, {}, {}}, {"private key"}));
    auto key = crypto::DecryptionKey::fromPkcs8(*der);
    if (!key)
        return fail(Failure(Code::DocumentInvalid, Where{path, {}, {}, {}}, {"RSA private key"}));
    return std::optional<crypto::DecryptionKey>(std::move(*key));
}

OptionSpec rateOptionSpec() {
    return {QStringLiteral("limit-rate"), QStringLiteral("RATE"),
            QStringLiteral("Send and fetch at most so many bytes a second in all; K, M, G are powers of 1024: 5M. "
                           "Without it there is no limit: the one in the window's settings holds for the window.")};
}

OptionSpec policyOptionSpec() {
    return {QStringLiteral("policy"), QStringLiteral("P.json"),
            QStringLiteral("What happens to each field; without it every value is sealed.")};
}

std::vector<OptionSpec> dialectOptionSpecs() {
    return {{QStringLiteral("media-type"), QStringLiteral("T"),
             QStringLiteral("text/csv, text/tab-separated-values, application/json or application/x-ndjson.")},
            {QStringLiteral("delimiter"), QStringLiteral("C"),
             QStringLiteral("CSV: what stands between fields, one character or the word tab.")},
            {QStringLiteral("quote"), QStringLiteral("\"|none"),
             QStringLiteral("CSV: none where quotes are ordinary characters.")},
            {QStringLiteral("header"), QStringLiteral("yes|no"),
             QStringLiteral("CSV: is the first line column names, which leave readable, or a record?")},
            {QStringLiteral("encoding"), QStringLiteral("NAME"),
             QStringLiteral("CSV: UTF-8 or a single-byte encoding by its IANA name.")},
            {QStringLiteral("records-at"), QStringLiteral("PATH"),
             QStringLiteral("JSON: where the array of records is, as entry[]; empty for one record. These six overrule "
                            "what is guessed.")}};
}

std::vector<OptionSpec> readingOptionSpecs() {
    return {{QStringLiteral("key"), QStringLiteral("PRIVATE.pem"),
             QStringLiteral("Open with this private key instead of this machine's.")},
            {QStringLiteral("signer"), QStringLiteral("F"),
             QStringLiteral("Accept only what this key signed (JWK Set, JWK or PEM)."), true},
            {QStringLiteral("any-signer"), {}, QStringLiteral("Accept what nobody known here signed.")}};
}

std::vector<OptionSpec> recipientOptionSpecs() {
    return {{QStringLiteral("to"), QStringLiteral("F"),
             QStringLiteral("Who can open it: a JWK Set, a JWK or a PEM public key. May be repeated."), true},
            {QStringLiteral("not-self"), {}, QStringLiteral("This machine shall not be able to open it.")}};
}

std::string sealedName(const std::string& data) {
    const std::filesystem::path path(data);
    return (path.parent_path() / (path.stem().string() + ".sealed" + path.extension().string())).string();
}

} // namespace sealwright::cli
