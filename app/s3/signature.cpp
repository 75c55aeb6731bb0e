#include "app/s3/signature.h"

#include "crypto/primitives/hmac.h"
#include "crypto/stream/digest.h"

#include <algorithm>
#include <cctype>

namespace sealwright::s3 {

namespace {

std::string encoded(std::string_view text, bool keepSlash) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved || (keepSlash && c == '/')) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 15]);
        }
    }
    return out;
}

/// Lower-case names, values without white space around and with single blanks inside, sorted.
Pairs canonicalHeaders(const Pairs& headers) {
    Pairs canonical;
    for (const auto& [name, value] : headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        std::string folded;
        for (const char c : value) {
            if (c == ' ' && (folded.empty() || folded.back() == ' '))
                continue;
            folded.push_back(c);
        }
        while (!folded.empty() && folded.back() == ' ')
            folded.pop_back();
        canonical.emplace_back(std::move(lower), std::move(folded));
    }
    std::sort(canonical.begin(), canonical.end());
    return canonical;
}

crypto::Sha256Digest mac(ByteView key, std::string_view message) {
    return crypto::hmacSha256(key, asBytes(message));
}

} // namespace

std::string amzDate(Instant when) {
    std::string text;
    for (const char c : toRfc3339(when))
        if (c != '-' && c != ':')
            text.push_back(c);
    return text;
}

std::string encodePath(std::string_view path) {
    return encoded(path, true);
}
std::string encodeComponent(std::string_view text) {
    return encoded(text, false);
}

std::string canonicalQuery(const Pairs& query) {
    Pairs sorted;
    for (const auto& [name, value] : query)
        sorted.emplace_back(encodeComponent(name), encodeComponent(value));
    std::sort(sorted.begin(), sorted.end());
    std::string text;
    for (const auto& [name, value] : sorted)
        text += (text.empty() ? "" : "&") + name + "=" + value;
    return text;
}

std::string authorization(const SigningInput& input, std::string_view accessKey, const crypto::SecretBytes& secretKey) {
    std::string headerLines, signedNames;
    Pairs canonical = canonicalHeaders(input.headers);
    for (const auto& [name, value] : canonical) {
        headerLines += name + ":" + value + "\n";
        signedNames += (signedNames.empty() ? "" : ";") + name;
    }
    std::string request = input.verb + "\n" + input.path + "\n" + canonicalQuery(input.query) + "\n" + headerLines +
                          "\n" + signedNames + "\n" + input.payloadSha256;
    const std::string hash = crypto::hexLower(crypto::sha256(asBytes(request)));
    for (auto& [name, value] : canonical)
        crypto::wipe(value); // a session token is among them
    crypto::wipe(headerLines);
    crypto::wipe(request);
    const std::string date = amzDate(input.when);
    const std::string day = date.substr(0, 8);
    const std::string scope = day + "/" + input.region + "/" + input.service + "/aws4_request";
    const std::string toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + hash;

    crypto::SecretBytes seed(4 + secretKey.size());
    const std::string_view prefix = "AWS4";
    std::copy(prefix.begin(), prefix.end(), seed.revealMutable().begin());
    std::copy(secretKey.reveal().begin(), secretKey.reveal().end(), seed.revealMutable().begin() + 4);
    crypto::Sha256Digest key = mac(seed.reveal(), day);
    key = mac(key, input.region);
    key = mac(key, input.service);
    key = mac(key, "aws4_request");
    const std::string signature = crypto::hexLower(mac(key, toSign));
    crypto::wipe(key);
    return "AWS4-HMAC-SHA256 Credential=" + std::string(accessKey) + "/" + scope + ",SignedHeaders=" + signedNames +
           ",Signature=" + signature;
}

} // namespace sealwright::s3
