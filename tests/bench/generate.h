#pragma once
#include <cstdint>
#include <string>

// Data to measure with: the same bytes for the same size on every machine.
namespace sealwright::bench {

/// 12 columns, some 270 bytes a record, every fourteenth note quoted. Ends with the record that reaches `bytes`.
/// False where the file cannot be written.
bool writeTable(const std::string& path, std::uint64_t bytes);
/// The columns that the benchmark seals: 4 of the 12. In JSON Lines they stand at sealedPaths.
inline constexpr const char* sealedColumns[] = {"family_name", "email", "birth_date", "iban"};

/// One nested record a line, some 380 bytes.
bool writeJsonLines(const std::string& path, std::uint64_t bytes);
inline constexpr const char* sealedPaths[] = {"person.family_name", "person.email", "person.birth_date",
                                              "accounts[].iban"};

} // namespace sealwright::bench
