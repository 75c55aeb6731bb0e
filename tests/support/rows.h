#pragma once
#include "tests/support/vectors.h"

#include <QTest>

namespace sealwright::tests {

/// One row a case, named as the case is; the column `index` says which.
inline void addRows(const Vector& all) {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Vector& one : all) {
        QTest::addRow("%d %s", index, text(one, "name").c_str()) << index;
        ++index;
    }
}

/// The case of the row under way.
inline const Vector& rowCase(const std::string& section) {
    return vectors().at(section).at(
        static_cast<std::size_t>(*static_cast<int*>(QTest::qData("index", qMetaTypeId<int>()))));
}

} // namespace sealwright::tests
