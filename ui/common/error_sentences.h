#pragma once
#include "models/domain/failure.h"

#include <QString>

namespace sealwright::ui {

/// A failure in words: what happened, what it means for the data, what to do next.
struct ErrorSentences {
    QString happened, meaning, next;
};

/// Complete: a new code does not compile without its words.
ErrorSentences sentencesFor(const Failure& failure);

/// For Details and to be copied: the code, where, and the facts, one a line. Never a data value.
QString detailsOf(const Failure& failure);

/// The three parts, by area of the codes.
QString whatHappened(const Failure& failure);
QString whatItMeans(Code code);
QString whatToDo(Code code);

} // namespace sealwright::ui
