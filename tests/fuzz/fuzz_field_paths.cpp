#include "models/dataset/encoding.h"
#include "models/dataset/json_splitter.h"
#include "models/domain/path.h"
#include "models/domain/policy.h"
#include "models/items/field_path.h"
#include "tests/fuzz/target.h"

// Field paths: made of names, taken apart, compared. An input is a list of texts.
namespace sealwright::fuzz {
namespace {

using Texts = std::vector<std::string_view>;

/// A path of these names, each but the last an object's, is taken apart into the same names.
void madeOfNames(const Texts& names) {
    std::string path;
    std::vector<std::string> steps;
    for (std::size_t i = 0; i < names.size(); ++i) {
        appendMember(names[i], i == 0, path);
        steps.push_back(path);
    }
    const auto parted = dataset::recordsPath(path + "[]");
    must(parted && std::equal(parted->begin(), parted->end(), names.begin(), names.end()), "names come back");
    for (const std::string& step : steps)
        must(isAncestorPath(step, path) == (step.size() < path.size()), "what leads to a field is above it");
    std::string element = path;
    appendElement(element);
    must(isAncestorPath(path, element) && !isAncestorPath(element, path), "an array is above its elements");

    if (!dataset::isUtf8(path))
        return;
    const QStringList shown = items::pathSteps(items::textOf(path));
    must(shown.size() == static_cast<qsizetype>(steps.size()), "a tree has a level for each name");
    for (qsizetype i = 0; i < shown.size(); ++i)
        must(shown[i].toStdString() == steps[static_cast<std::size_t>(i)], "a level is the path up to it");
    must(items::lastName(shown.last()).toStdString() == names.back(), "a person reads the name itself");
}

/// Any text as the place of the records: where it is one, it has one way to be written.
void asRecordsAt(std::string_view text) {
    const auto names = dataset::recordsPath(text);
    if (!names)
        return;
    std::string path;
    for (std::size_t i = 0; i < names->size(); ++i)
        appendMember((*names)[i], i == 0, path);
    const auto again = dataset::recordsPath(path + "[]");
    must(again && *again == *names, "what was read is read again");
}

/// Any texts as rules: the fast way to find the one that holds for a leaf finds what the plain way does.
void asRules(const Texts& paths, std::string_view leaf) {
    Policy policy;
    for (const std::string_view path : paths)
        if (!policy.ruleFor(path))
            policy.fields.emplace_back().path = path;
    const RuleIndex index(policy);
    must(index.named(leaf) == namedRule(policy, leaf), "both ways find the same rule");
}

void check(std::string_view input) {
    const Texts texts = partsOf(input);
    const std::size_t most = 200; // more names say nothing new, and each is compared with all
    const Texts some(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(std::min(texts.size(), most)));
    madeOfNames(some);
    for (const std::string_view text : some) {
        asRecordsAt(text);
        asRules(some, text);
    }
}

const Registered registered({"field_paths", check, ".[]\\#$ab\x1e"});

} // namespace
} // namespace sealwright::fuzz
