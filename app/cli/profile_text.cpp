#include "app/cli/profile_text.h"

#include "app/cli/sentences.h"
#include "app/cli/wording.h"

namespace sealwright::cli {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

namespace {

/// A column without a name of its own (FORMAT.md §4).
bool isPosition(const std::string& path) {
    return !path.empty() && path.front() == '#';
}

std::string unfitText(const pipeline::Unfit& unfit) {
    return "cannot be taken: " + placeText(unfit.where) + ": " + sentencesFor(Failure(unfit.code)).what;
}

std::string furtherText(const pipeline::Profile& profile) {
    return "and " + countText(profile.unfitCount - profile.unfit.size()) + " more";
}

} // namespace

std::vector<std::string> columnNames(const DatasetInfo& dataset) {
    std::vector<std::string> names;
    if (dataset.mediaType == MediaType::Csv && dataset.dialect.header)
        for (const FieldInfo& field : dataset.fields)
            if (field.action != Action::Drop && !isPosition(field.path))
                names.push_back(field.path);
    return names;
}

std::vector<std::string> columnNames(const pipeline::Profile& profile) {
    std::vector<std::string> names;
    if (profile.mediaType == MediaType::Csv && profile.dialect.header)
        for (const pipeline::FieldProfile& field : profile.fields)
            if (!isPosition(field.path))
                names.push_back(field.path);
    return names;
}

Json namesJson(const std::vector<std::string>& names) {
    JsonArray all;
    for (const std::string& name : names)
        all.push_back(Json(name));
    return Json(std::move(all));
}

void sayFirstLine(Output& out, MediaType type, const Dialect& dialect, const std::vector<std::string>& names) {
    if (type != MediaType::Csv)
        return;
    if (!dialect.header) {
        out.say("The first line is a record like the others; --header yes takes it for column names.");
        return;
    }
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    out.say("Column names leave readable: " + all + (all.empty() ? "the first line" : "") +
            ". If the first line is a record, use --header no.");
}

void warnOfUnfit(Output& out, const pipeline::Profile& profile) {
    for (const pipeline::Unfit& unfit : profile.unfit)
        out.warn(stableId(unfit.code), unfitText(unfit), unfit.where);
    if (profile.unfitCount > profile.unfit.size())
        out.warn("more", furtherText(profile));
}

void sayProfile(Output& out, const pipeline::Profile& profile) {
    std::string facts = std::string(toText(profile.mediaType)) + ", " + countText(profile.records) + " records, " +
                        countText(profile.fields.size()) + " fields, " + sizeText(profile.bytes);
    if (profile.mediaType == MediaType::Csv)
        facts += std::string(", delimiter ") +
                 (profile.dialect.delimiter == '\t' ? "tab" : std::string(1, profile.dialect.delimiter)) + ", " +
                 profile.dialect.encoding + (profile.dialect.header ? ", with header" : ", without header");
    out.say(facts);
    std::vector<std::vector<std::string>> rows{{"field", "type", "values", "nulls", "empty", "length"}};
    for (const pipeline::FieldProfile& field : profile.fields)
        rows.push_back({field.path, std::string(toText(field.type)), countText(field.values), countText(field.nulls),
                        countText(field.empties),
                        std::to_string(field.minLength) + "-" + std::to_string(field.maxLength)});
    out.table(rows);
    sayFirstLine(out, profile.mediaType, profile.dialect, columnNames(profile));
    for (const pipeline::Unfit& unfit : profile.unfit)
        out.say(unfitText(unfit));
    if (profile.unfitCount > profile.unfit.size())
        out.say(furtherText(profile));
    if (profile.unfitCount > 0)
        out.say(countText(profile.unfitCount) + (profile.unfitCount == 1 ? " value" : " values") +
                " cannot be taken by the policy.");
}

JsonObject profileJson(const pipeline::Profile& profile) {
    JsonArray fields;
    for (const pipeline::FieldProfile& field : profile.fields)
        fields.push_back(Json(JsonObject{{"path", Json(field.path)},
                                         {"type", Json(toText(field.type))},
                                         {"values", Json(field.values)},
                                         {"nulls", Json(field.nulls)},
                                         {"empty", Json(field.empties)},
                                         {"min_length", Json(field.minLength)},
                                         {"max_length", Json(field.maxLength)}}));
    JsonArray unfit;
    for (const pipeline::Unfit& value : profile.unfit)
        unfit.push_back(Json(JsonObject{{"code", Json(stableId(value.code))}, {"where", whereJson(value.where)}}));
    return {{"media_type", Json(toText(profile.mediaType))},
            {"dialect", toJson(profile.dialect, profile.mediaType)},
            {"bytes", Json(profile.bytes)},
            {"records", Json(profile.records)},
            {"fields", Json(std::move(fields))},
            {"column_names", namesJson(columnNames(profile))},
            {"unfit", Json(std::move(unfit))},
            {"unfit_count", Json(profile.unfitCount)}};
}

} // namespace sealwright::cli
