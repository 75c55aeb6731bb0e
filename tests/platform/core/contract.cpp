#include "tests/platform/core/contract.h"

#include <QFile>

#include <algorithm>

namespace sealwright::platform {

using crypto::Json;

namespace {

std::vector<std::string_view> partsOf(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= path.size();) {
        const auto to = std::min(path.find('/', from), path.size());
        parts.push_back(path.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

const Json* schemaOf(const Json& withContent) {
    const auto* content = withContent.find("content");
    return content && content->object() ? content->object()->front().second.find("schema") : nullptr;
}

} // namespace

std::unique_ptr<Contract> Contract::load(const std::string& name) {
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    auto document = crypto::parseControlJson(file.readAll().toStdString());
    if (!document || !document->find("paths"))
        return nullptr;
    return std::unique_ptr<Contract>(new Contract(std::move(*document)));
}

Contract::Contract(Json document) : m_document(std::move(document)) {
    for (const auto& [path, item] : *m_document.find("paths")->object())
        for (const auto& [verb, operation] : *item.object())
            if (verb != "parameters")
                readOperation(path, verb, operation);
}

const Json& Contract::followed(const Json& json) const {
    const auto* ref = json.find("$ref");
    if (!ref)
        return json;
    const Json* at = &m_document;
    for (const auto& part : partsOf(std::string_view(*ref->string()).substr(2)))
        at = at->find(part);
    return *at;
}

void Contract::readOperation(const std::string& path, const std::string& verb, const Json& json) {
    Operation operation{*json.find("operationId")->string(), verb, path, true, false, nullptr, {}};
    std::transform(verb.begin(), verb.end(), operation.verb.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    if (const auto* security = json.find("security"))
        operation.needsToken = !security->array()->empty();
    if (const auto* parameters = json.find("parameters"))
        for (const auto& parameter : *parameters->array())
            if (*followed(parameter).find("name")->string() == "Idempotency-Key")
                operation.needsIdempotencyKey = true;
    if (const auto* body = json.find("requestBody"))
        operation.requestBody = schemaOf(*body);
    for (const auto& [status, answer] : *json.find("responses")->object())
        operation.answers[std::stoi(status)] = schemaOf(answer);
    m_operations.push_back(std::move(operation));
}

std::optional<Match> Contract::find(const std::string& verb, const std::string& path) const {
    const auto parts = partsOf(path);
    for (const auto& operation : m_operations) {
        const auto wanted = partsOf(operation.path);
        if (operation.verb != verb || wanted.size() != parts.size())
            continue;
        Match match{&operation, {}};
        bool fits = true;
        for (std::size_t i = 0; i < parts.size() && fits; ++i) {
            if (!wanted[i].empty() && wanted[i].front() == '{')
                match.parameters[std::string(wanted[i].substr(1, wanted[i].size() - 2))] = std::string(parts[i]);
            else
                fits = wanted[i] == parts[i];
        }
        if (fits)
            return match;
    }
    return std::nullopt;
}

std::optional<std::string> Contract::mismatch(const Json& schema, const Json& value) const {
    return JsonSchema(m_document).mismatch(schema, value);
}

} // namespace sealwright::platform
