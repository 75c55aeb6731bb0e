#pragma once
#include <QString>

#include <QtGlobal>

namespace sealwright {
struct FieldRule;
}

// What happens to a field, in the seven words that the window has for the actions of FORMAT.md §3.
namespace sealwright::items {

enum class FieldState { Readable, Masked, SameForm, Joinable, Pseudonym, Sealed, LeftOut };

/// One field's choice. The other members stand with Masked and SameForm only.
struct FieldChoice {
    FieldState state = FieldState::Sealed;
    quint32 keepPrefix = 0, keepSuffix = 0; ///< characters that stay
    QString alphabet;                       ///< SameForm: FORMAT.md §2's name
    friend bool operator==(const FieldChoice&, const FieldChoice&) = default;
};

FieldChoice choiceOf(const FieldRule& rule);
FieldRule ruleOf(const QString& path, const FieldChoice& choice);

/// The narrowest alphabet of FORMAT.md §2 that holds every letter and digit of the samples; separators do not count.
/// Empty where there is no sample to judge by, or a letter that no alphabet has.
QString alphabetFor(const QStringList& samples);

} // namespace sealwright::items
