#pragma once
#include <QJsonObject>

#include <cstdint>
#include <string>
#include <vector>

// The comparisons. Each writes its files below `folder`, removes what it does not hand on, and says what it found.
namespace sealwright::bench {

struct Setting {
    std::string folder;      ///< there, and ours alone
    std::uint64_t bytes = 0; ///< of the table; other files are as large, or twice
    int runs = 3;            ///< rounds; the best of each counts: others may be at work on the machine
};

/// A ratio that the project promises to hold.
struct Aim {
    std::string what;
    double ratio = 0, aim = 0;
    bool atLeast = true; ///< else at most
    bool met() const { return atLeast ? ratio >= aim : ratio <= aim; }
};

struct Section {
    std::string name;
    QJsonObject figures;
    std::vector<Aim> aims;
    std::string problem; ///< why there is nothing to say, or empty
};

std::string tablePath(const Setting& setting); ///< written by main, read by all but the last

Section measureValues(const Setting& setting);  ///< against a loop in Python and the least that EVP needs
Section measurePackage(const Setting& setting); ///< against age
Section measureUpload(const Setting& setting);  ///< against mc, to the store that SEALWRIGHT_S3_… name
Section measureMemory(const Setting& setting);  ///< large files there and back

} // namespace sealwright::bench
