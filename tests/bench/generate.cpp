#include "tests/bench/generate.h"

#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

namespace sealwright::bench {

namespace {

constexpr std::array<std::string_view, 8> givenNames{"Anna",  "Boris", "Chiara", "David",
                                                     "Élise", "Farid", "Greta",  "Hiro"};
constexpr std::array<std::string_view, 8> familyNames{"Almeida",  "Brandt",  "Castellanos", "Dubois",
                                                      "Eriksson", "Fischer", "Gruber",      "Hoffmann-Meyer"};
constexpr std::array<std::string_view, 8> streets{"Lindenallee", "Rue de la Paix", "Via Garibaldi", "High Street",
                                                  "Calle Mayor", "Hauptstrasse",   "Am Markt",      "Station Road"};
constexpr std::array<std::string_view, 8> cities{"Basel",   "Lyon", "Torino", "Leeds",
                                                 "Sevilla", "Graz", "Bremen", "Utrecht"};
constexpr std::array<std::string_view, 8> notes{
    "seen at the outpatient clinic; advised rest and a second visit in two weeks, no change of medication",
    "laboratory values within the reference range, blood pressure 128 over 84, weight stable since the last visit",
    "reports headache in the morning hours, better after breakfast, no nausea, sleep unchanged, exercise twice a week",
    "vaccination record completed, next appointment in spring, patient asks for the report to be sent by post",
    "follow-up by telephone, wound dry, stitches removed by the family doctor, no fever, no pain at rest",
    "referred to physiotherapy, six sessions, then review; work with light duty from next Monday onwards",
    "control of thyroid values requested, dose unchanged, feels well, appetite good, no palpitations reported",
    "allergy to penicillin confirmed by the patient, noted in the file and on the emergency card, copy handed out"};

/// SplitMix64: small, fast, the same everywhere.
class Numbers {
public:
    std::uint64_t next() {
        std::uint64_t z = m_state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    template <std::size_t N>
    std::string_view of(const std::array<std::string_view, N>& list) {
        return list[next() % N];
    }

private:
    std::uint64_t m_state = 1;
};

struct Person {
    std::string_view given, family, street, city, note;
    std::string email, birth, phone, iban;
    std::uint64_t house, postcode;
};

std::string digits(std::uint64_t value, unsigned width) {
    std::string text(width, '0');
    for (unsigned i = width; i-- > 0; value /= 10)
        text[i] = static_cast<char>('0' + value % 10);
    return text;
}

void fill(Person& person, Numbers& numbers) {
    const std::uint64_t dice = numbers.next();
    person.given = numbers.of(givenNames);
    person.family = numbers.of(familyNames);
    person.street = numbers.of(streets);
    person.city = numbers.of(cities);
    person.note = numbers.of(notes);
    person.email = "p" + digits(dice, 7) + "@example.org";
    person.birth =
        "19" + digits(dice >> 8, 2) + "-" + digits(1 + (dice >> 16) % 12, 2) + "-" + digits(1 + (dice >> 24) % 28, 2);
    person.phone = "+49 30 " + digits(dice >> 32, 7);
    person.iban = "DE" + digits(numbers.next() >> 1, 20);
    person.house = 1 + dice % 120;
    person.postcode = 10000 + dice % 89999;
}

template <class Append>
bool write(const std::string& path, std::uint64_t bytes, std::string_view head, Append append) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), std::fclose);
    if (!file)
        return false;
    std::string block(head);
    std::uint64_t written = 0;
    Numbers numbers;
    Person person;
    for (std::uint64_t id = 1; written + block.size() < bytes; ++id) {
        fill(person, numbers);
        append(block, id, person);
        if (block.size() > (1u << 20)) {
            if (std::fwrite(block.data(), 1, block.size(), file.get()) != block.size())
                return false;
            written += block.size();
            block.clear();
        }
    }
    return std::fwrite(block.data(), 1, block.size(), file.get()) == block.size() && std::fflush(file.get()) == 0;
}

} // namespace

bool writeTable(const std::string& path, std::uint64_t bytes) {
    constexpr std::string_view head =
        "id,given_name,family_name,email,birth_date,street,city,postcode,phone,iban,visit,note\n";
    return write(path, bytes, head, [](std::string& out, std::uint64_t id, const Person& p) {
        const bool quoted = id % 14 == 0;
        (((out += std::to_string(id)) += ',') += p.given) += ',';
        (((out += p.family) += ',') += p.email) += ',';
        ((((out += p.birth) += ',') += p.street) += ' ') += std::to_string(p.house);
        (((out += ',') += p.city) += ',') += std::to_string(p.postcode);
        ((((out += ',') += p.phone) += ',') += p.iban) += ",2024-05-";
        (out += digits(1 + id % 28, 2)) += ',';
        for (const char c : quoted ? std::string_view("\"") : std::string_view())
            out += c;
        for (const char c : p.note) // only a quoted note may hold the delimiter
            out += c == ',' && !quoted ? ';' : c;
        out += quoted ? ", said \"\"yes\"\"\"\n" : "\n";
    });
}

bool writeJsonLines(const std::string& path, std::uint64_t bytes) {
    return write(path, bytes, {}, [](std::string& out, std::uint64_t id, const Person& p) {
        ((out += R"({"id":)") += std::to_string(id)) += R"(,"person":{"given_name":")";
        ((out += p.given) += R"(","family_name":")") += p.family;
        (((out += R"(","email":")") += p.email) += R"(","birth_date":")") += p.birth;
        (((out += R"("},"address":{"street":")") += p.street) += R"(","city":")") += p.city;
        ((out += R"(","postcode":)") += std::to_string(p.postcode)) += R"(},"accounts":[{"iban":")";
        ((out += p.iban) += R"(","open":true,"balance":)") += std::to_string(p.postcode) += ".25}";
        ((out += R"(],"phone":")") += p.phone) += R"(","note":")";
        (out += p.note) += "\"}\n";
    });
}

} // namespace sealwright::bench
