#pragma once
#include "tests/dataset/reading.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QFile>

namespace sealwright::dataset::testing {

using Json = nlohmann::ordered_json;

/// The known answers, as tests/data has them.
inline Json vectors() {
    QFile file(QStringLiteral(SEALWRIGHT_TEST_DATA "/sealwright-v1.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return Json::parse(file.readAll().toStdString());
}

/// Member `name`, or `name`_b64 decoded.
inline std::string bytesOf(const Json& from, const std::string& name) {
    if (from.contains(name))
        return from.at(name).get<std::string>();
    const std::string text = from.at(name + "_b64").get<std::string>();
    const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return QByteArray::fromBase64(QByteArray::fromStdString(text), options).toStdString();
}

inline MediaType mediaTypeOf(const Json& from) {
    const std::string text = from.at("media_type").get<std::string>();
    return text == "text/csv" ? MediaType::Csv : text == "application/json" ? MediaType::Json : MediaType::JsonLines;
}

inline Dialect dialectOf(const Json& from) {
    Dialect dialect;
    const Json given = from.value("dialect", Json::object());
    dialect.delimiter = given.value("delimiter", std::string(","))[0];
    dialect.quoting = !given.value("quote", std::string("\"")).empty();
    dialect.header = given.value("header", true);
    dialect.encoding = given.value("encoding", std::string("UTF-8"));
    if (given.contains("records_at"))
        dialect.recordsAt = given.at("records_at").get<std::string>();
    return dialect;
}

} // namespace sealwright::dataset::testing
