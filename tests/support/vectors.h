#pragma once
#include "crypto/base/b64.h"
#include "crypto/base/secret.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

// The known answers of tests/data/sealwright-v1.json. Whatever a reader does not know stops the test: a vector that is
// passed over proves nothing.
namespace sealwright::tests {

using Vector = nlohmann::ordered_json;

inline const Vector& vectors() {
    static const Vector document = [] {
        std::ifstream file(SEALWRIGHT_TEST_DATA "/sealwright-v1.json", std::ios::binary);
        return Vector::parse(file);
    }();
    return document;
}

inline void refuseUnknownMembers(const Vector& object, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            throw std::runtime_error("unknown member in the vectors file: " + name);
        }
    }
}

/// The cases of one section, none of which has a member that is not among `known`.
inline const Vector& cases(const std::string& section, std::initializer_list<std::string_view> known) {
    const Vector& all = vectors().at(section);
    for (const Vector& one : all) {
        refuseUnknownMembers(one, known);
    }
    if (all.empty()) {
        throw std::runtime_error("a section without cases: " + section);
    }
    return all;
}

inline std::string text(const Vector& object, const std::string& member) {
    return object.at(member).get<std::string>();
}

inline bool refused(const Vector& one) {
    return one.contains("error");
}

inline Bytes b64(const std::string& encoded) {
    const auto bytes = crypto::b64Decode(encoded);
    if (!bytes) {
        throw std::runtime_error("no b64: " + encoded);
    }
    return *bytes;
}

/// The bytes of `member`, or of `member`_b64 where it stands so.
inline std::string textOrBytes(const Vector& object, const std::string& member) {
    if (object.contains(member)) {
        return text(object, member);
    }
    const Bytes bytes = b64(text(object, member + "_b64"));
    return std::string(bytes.begin(), bytes.end());
}

inline crypto::SecretBytes secret(const std::string& encoded) {
    return crypto::SecretBytes(b64(encoded));
}

/// Where only a length is given, byte i is i mod 251.
inline Bytes countedBytes(std::size_t length) {
    Bytes out(length);
    for (std::size_t i = 0; i < length; ++i) {
        out[i] = static_cast<Byte>(i % 251);
    }
    return out;
}

} // namespace sealwright::tests
