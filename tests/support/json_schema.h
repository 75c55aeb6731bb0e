#pragma once
#include <nlohmann/json.hpp>

#include <QRegularExpression>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

// As much of JSON Schema (2020-12) as resources/schemas use; a keyword that is not known here stops the test.
namespace sealwright::tests {

class JsonSchema {
public:
    using Json = nlohmann::json;

    /// `folder` holds the schemas that refer to each other by file name.
    JsonSchema(std::string folder, const std::string& file) : m_folder(std::move(folder)), m_file(file) {}

    bool accepts(const Json& value) { return fits(load(m_file), value, m_file); }

private:
    const Json& load(const std::string& file) {
        Json& schema = m_loaded[file];
        if (schema.is_null()) {
            std::ifstream in(m_folder + "/" + file);
            schema = Json::parse(in);
        }
        return schema;
    }

    bool refersTo(const std::string& target, const Json& value, const std::string& file) {
        const std::size_t hash = target.find('#');
        const std::string other = target.substr(0, hash);
        const std::string& in = other.empty() ? file : other;
        const Json& schema = load(in);
        return fits(hash == std::string::npos ? schema : schema.at(Json::json_pointer(target.substr(hash + 1))), value,
                    in);
    }

    std::size_t matching(const Json& schemas, const Json& value, const std::string& file) {
        std::size_t count = 0;
        for (const Json& schema : schemas) {
            count += fits(schema, value, file) ? 1 : 0;
        }
        return count;
    }

    static bool isOfType(const std::string& type, const Json& value) {
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
               (type == "integer" && value.is_number_integer());
    }

    bool membersFit(const Json& schema, const Json& value, const std::string& file) {
        for (const auto& [name, member] : value.items()) {
            const Json& properties = schema.at("properties");
            if (!properties.contains(name) || !fits(properties.at(name), member, file)) {
                return false; // every schema here closes its objects
            }
        }
        return true;
    }

    bool keywordFits(const std::string& keyword, const Json& wanted, const Json& schema, const Json& value,
                     const std::string& file) {
        static const std::map<std::string, int> noted{{"$schema", 0}, {"$id", 0}, {"$defs", 0}, {"title", 0}};
        if (noted.contains(keyword)) {
            return true;
        }
        if (keyword == "$ref") {
            return refersTo(wanted, value, file);
        }
        if (keyword == "oneOf") {
            return matching(wanted, value, file) == 1;
        }
        if (keyword == "type") {
            return isOfType(wanted, value);
        }
        if (keyword == "const") {
            return value == wanted;
        }
        if (keyword == "enum") {
            return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
        }
        if (keyword == "properties") {
            return !value.is_object() || !schema.contains("additionalProperties") || membersFit(schema, value, file);
        }
        if (keyword == "additionalProperties") {
            return wanted == false;
        }
        if (keyword == "required") {
            return std::all_of(wanted.begin(), wanted.end(),
                               [&](const Json& name) { return value.contains(name.get<std::string>()); });
        }
        if (keyword == "items") {
            return std::all_of(value.begin(), value.end(), [&](const Json& item) { return fits(wanted, item, file); });
        }
        if (keyword == "pattern") {
            const QRegularExpression pattern(QString::fromStdString(wanted.get<std::string>()));
            return value.is_string() && pattern.match(QString::fromStdString(value.get<std::string>())).hasMatch();
        }
        if (keyword == "minimum" || keyword == "maximum") {
            return value.is_number() && (keyword == "minimum" ? value >= wanted : value <= wanted);
        }
        if (keyword == "minItems" || keyword == "maxItems") {
            return value.is_array() && (keyword == "minItems" ? value.size() >= wanted : value.size() <= wanted);
        }
        if (keyword == "minLength" || keyword == "maxLength") {
            const auto length = value.is_string() ? value.get<std::string>().size() : 0;
            return value.is_string() && (keyword == "minLength" ? length >= wanted : length <= wanted);
        }
        throw std::runtime_error("a keyword of JSON Schema that this test does not know: " + keyword);
    }

    bool fits(const Json& schema, const Json& value, const std::string& file) {
        for (const auto& [keyword, wanted] : schema.items()) {
            if (!keywordFits(keyword, wanted, schema, value, file)) {
                return false;
            }
        }
        return true;
    }

    std::string m_folder, m_file;
    std::map<std::string, Json> m_loaded;
};

} // namespace sealwright::tests
