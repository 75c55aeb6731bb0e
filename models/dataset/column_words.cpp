#include "models/dataset/column_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace sealwright::dataset {
namespace {

/// In lower case, one word each; plurals are found by their singular.
constexpr std::array words{
    // clang-format off
    "account", "address", "admission", "admitted", "adresse", "age", "allergy", "alter", "amount", "anrede",
    "anzahl", "apellido", "apellidos", "arzt", "bank", "bed", "beruf", "betrag", "birth", "birthdate", "birthday",
    "birthplace", "blood", "card", "category", "city", "ciudad", "code", "codigo", "comment", "comments", "company",
    "contact", "coordinate", "correo", "count", "country", "county", "course", "created", "currency", "customer",
    "data", "date", "datum", "death", "department", "description", "destination", "diagnose", "diagnosis",
    "diagnostic", "diagnóstico", "direccion", "dirección", "discharge", "discharged", "district", "dob", "doctor",
    "dose", "edad", "einrichtung", "email", "employee", "employer", "end", "ende", "entity", "estado", "event",
    "fecha", "first", "firstname", "floor", "fullname", "geburtsdatum", "gender", "geschlecht", "grade", "group",
    "grund", "gruppe", "head", "height", "hospital", "iban", "id", "identifier", "index", "insurance", "job", "key",
    "kommentar", "kunde", "lab", "land", "language", "last", "lastname", "latitude", "length", "location",
    "longitude", "mail", "manager", "marca", "marital", "medication", "menge", "message", "mobile", "month",
    "nachname", "nacimiento", "name", "names", "nationality", "neighborhood", "nom", "nombre", "note", "notes", "nr",
    "number", "numero", "nummer", "número", "occupation", "office", "origin", "ort", "owner", "patient", "patientid",
    "person", "phone", "place", "plz", "position", "postcode", "prenom", "price", "priority", "profession",
    "province", "prénom", "quantity", "race", "rate", "reason", "record", "ref", "reference", "region", "religion",
    "remark", "remarks", "result", "room", "salary", "school", "score", "sex", "sexe", "site", "size", "source",
    "ssn", "stadt", "start", "state", "station", "status", "strasse", "straße", "street", "subject", "surname",
    "symbol", "symptom", "symptoms", "tag", "tel", "telefon", "telefono", "telephone", "teléfono", "text", "time",
    "timestamp", "titel", "title", "total", "treatment", "type", "unit", "updated", "url", "user", "username", "val",
    "value", "versicherung", "ville", "visit", "visited", "vorname", "ward", "weight", "wert", "wohnort", "year",
    "zeit", "zip", "zipcode",
    // clang-format on
};

/// What stands beside such words and names nothing by itself.
constexpr std::array joints{"and",  "at", "de",   "der", "des", "du",  "full",
                            "home", "in", "main", "of",  "the", "und", "y"};

template <class List>
bool isIn(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isWord(std::string_view word) {
    if (isIn(words, word))
        return true;
    if (word.size() > 3 && word.substr(word.size() - 3) == "ies")
        return isIn(words, std::string(word.substr(0, word.size() - 3)) + "y");
    return word.size() > 1 && word.back() == 's' && isIn(words, word.substr(0, word.size() - 1));
}

} // namespace

bool isColumnName(std::string_view cell) {
    constexpr std::size_t longest = 64;
    if (cell.empty() || cell.size() > longest)
        return false;
    bool named = false;
    std::string word;
    const auto take = [&] {
        const bool known = word.empty() || isIn(joints, word) || isWord(word);
        named = named || (!word.empty() && !isIn(joints, word));
        word.clear();
        return known;
    };
    char before = 0;
    for (const char c : cell) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80u) != 0;
        const bool inside = before >= 'a' && before <= 'z';
        if ((!letter || (upper && inside)) && !take())
            return false;
        if (letter)
            word += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (std::string_view(" _-./()#:").find(c) == std::string_view::npos && (c < '0' || c > '9'))
            return false;
        before = c;
    }
    return take() && named;
}

} // namespace sealwright::dataset
