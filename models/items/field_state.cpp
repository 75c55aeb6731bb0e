#include "models/items/field_state.h"

#include "models/domain/policy.h"

#include <QStringList>

namespace sealwright::items {
namespace {

FieldState stateOf(Action action) {
    switch (action) {
    case Action::Keep:
        return FieldState::Readable;
    case Action::Mask:
        return FieldState::Masked;
    case Action::Fpe:
        return FieldState::SameForm;
    case Action::Deterministic:
        return FieldState::Joinable;
    case Action::Pseudonym:
        return FieldState::Pseudonym;
    case Action::Encrypt:
        return FieldState::Sealed;
    case Action::Drop:
        return FieldState::LeftOut;
    }
    return FieldState::Sealed;
}

Action actionOf(FieldState state) {
    switch (state) {
    case FieldState::Readable:
        return Action::Keep;
    case FieldState::Masked:
        return Action::Mask;
    case FieldState::SameForm:
        return Action::Fpe;
    case FieldState::Joinable:
        return Action::Deterministic;
    case FieldState::Pseudonym:
        return Action::Pseudonym;
    case FieldState::Sealed:
        return Action::Encrypt;
    case FieldState::LeftOut:
        return Action::Drop;
    }
    return Action::Encrypt;
}

} // namespace

FieldChoice choiceOf(const FieldRule& rule) {
    FieldChoice choice;
    choice.state = stateOf(rule.action);
    if (choice.state == FieldState::Masked || choice.state == FieldState::SameForm) {
        choice.keepPrefix = rule.keepPrefix;
        choice.keepSuffix = rule.keepSuffix;
    }
    if (choice.state == FieldState::SameForm)
        choice.alphabet = QString::fromStdString(rule.alphabet);
    return choice;
}

FieldRule ruleOf(const QString& path, const FieldChoice& choice) {
    FieldRule rule;
    rule.path = path.toStdString();
    rule.action = actionOf(choice.state);
    if (choice.state == FieldState::Masked || choice.state == FieldState::SameForm) {
        rule.keepPrefix = choice.keepPrefix;
        rule.keepSuffix = choice.keepSuffix;
    }
    if (choice.state == FieldState::SameForm)
        rule.alphabet = choice.alphabet.toStdString();
    return rule;
}

QString alphabetFor(const QStringList& samples) {
    bool digit = false, lower = false, upper = false, beyondHex = false;
    for (const QString& sample : samples) {
        for (const QChar c : sample) {
            const char16_t u = c.unicode();
            if (u >= u'0' && u <= u'9')
                digit = true;
            else if (u >= u'a' && u <= u'z') {
                lower = true;
                beyondHex = beyondHex || u > u'f';
            } else if (u >= u'A' && u <= u'Z')
                upper = true;
            else if (c.isLetterOrNumber())
                return {};
        }
    }
    using namespace Qt::StringLiterals;
    if (lower && upper)
        return u"alnum"_s;
    if (upper)
        return digit ? u"alnum-upper"_s : u"upper"_s;
    if (lower && digit)
        return beyondHex ? u"alnum"_s : u"hex-lower"_s;
    if (lower)
        return u"lower"_s;
    return digit ? u"digits"_s : QString();
}

} // namespace sealwright::items
