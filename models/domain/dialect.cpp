#include "models/domain/dialect.h"

#include "models/domain/document.h"

namespace sealwright {
namespace {

constexpr std::string_view csv = "text/csv";
constexpr std::string_view json = "application/json";
constexpr std::string_view jsonLines = "application/x-ndjson";

std::optional<char> delimiterFrom(MemberReader& in) {
    const std::optional<char> delimiter = delimiterFromText(in.text("delimiter"));
    if (!delimiter) {
        in.refuse("delimiter");
    }
    return delimiter;
}

bool quotingFrom(MemberReader& in) {
    const std::string text = in.text("quote");
    if (text != "\"" && !text.empty()) {
        in.refuse("quote");
    }
    return !text.empty();
}

} // namespace

std::string_view toText(MediaType type) {
    switch (type) {
    case MediaType::Csv:
        return csv;
    case MediaType::Json:
        return json;
    case MediaType::JsonLines:
        return jsonLines;
    }
    return {};
}

std::optional<MediaType> mediaTypeFromText(std::string_view text) {
    if (text == csv || text == "text/tab-separated-values") {
        return MediaType::Csv;
    }
    if (text == json) {
        return MediaType::Json;
    }
    if (text == jsonLines) {
        return MediaType::JsonLines;
    }
    return std::nullopt;
}

std::optional<char> delimiterFromText(std::string_view text) {
    const bool fits = text.size() == 1 && text[0] > 0 && text[0] != '"' && text[0] != '\r' && text[0] != '\n';
    return fits ? std::optional(text[0]) : std::nullopt;
}

std::string_view fileEnding(MediaType type) {
    switch (type) {
    case MediaType::Csv:
        return ".csv";
    case MediaType::Json:
        return ".json";
    case MediaType::JsonLines:
        return ".jsonl";
    }
    return {};
}

Outcome<Dialect> dialectFromJson(const crypto::Json& value, MediaType type) {
    DocumentCheck check(Code::DocumentInvalid);
    MemberReader in(check, &value, {});
    Dialect dialect;
    if (type == MediaType::Csv) {
        dialect.delimiter = delimiterFrom(in).value_or(',');
        dialect.quoting = quotingFrom(in);
        dialect.header = in.boolean("header");
        dialect.encoding = in.nonEmpty("encoding");
    } else if (type == MediaType::Json && in.has("records_at")) {
        dialect.recordsAt = in.text("records_at");
    }
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return dialect;
}

Outcome<DialectWish> dialectWishFromJson(const crypto::Json& value, std::optional<MediaType> type) {
    DocumentCheck check(Code::DocumentInvalid);
    MemberReader in(check, &value, {});
    DialectWish wish;
    if (!type || *type == MediaType::Csv) {
        if (in.has("delimiter")) {
            wish.delimiter = delimiterFrom(in);
        }
        if (in.has("quote")) {
            wish.quoting = quotingFrom(in);
        }
        if (in.has("header")) {
            wish.header = in.boolean("header");
        }
        if (in.has("encoding")) {
            wish.encoding = in.nonEmpty("encoding");
        }
    }
    if ((!type || *type == MediaType::Json) && in.has("records_at")) {
        wish.recordsAt = in.text("records_at");
    }
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return wish;
}

crypto::Json toJson(const Dialect& dialect, MediaType type) {
    crypto::JsonObject out;
    if (type == MediaType::Csv) {
        out.emplace_back("delimiter", std::string(1, dialect.delimiter));
        out.emplace_back("quote", dialect.quoting ? "\"" : "");
        out.emplace_back("header", dialect.header);
        out.emplace_back("encoding", dialect.encoding);
    } else if (type == MediaType::Json && dialect.recordsAt && !dialect.recordsAt->empty()) {
        out.emplace_back("records_at", *dialect.recordsAt);
    }
    return out;
}

} // namespace sealwright
