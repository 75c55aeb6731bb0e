#include "crypto/field/token_text.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/siv.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

// Tokens of every mode. The first byte of an input chooses the mode, and what the rest is: a token; a value to seal; or
// a plaintext that is sealed as it stands, so that only what is inside an authentic token can be wrong.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

constexpr Mode modes[] = {Mode::Gcm, Mode::ChaCha, Mode::Siv};
constexpr std::uint32_t version = 1;

/// Those of the known answers' field "person.email".
SecretBytes keyOf(Mode mode) {
    if (mode != Mode::Siv)
        return deriveFieldKey(knownDek(), knownRun(), mode, "person.email");
    return deriveJoinFieldKey(knownDek(), *knownAnswers().find("dataset_id")->string(), mode, "person.email");
}

TokenOpener& openerOf(Mode mode) {
    static TokenOpener openers[] = {TokenOpener::make(modes[0], keyOf(modes[0]), version).value(),
                                    TokenOpener::make(modes[1], keyOf(modes[1]), version).value(),
                                    TokenOpener::make(modes[2], keyOf(modes[2]), version).value()};
    return openers[std::find(std::begin(modes), std::end(modes), mode) - std::begin(modes)];
}

SecretBytes work; // one buffer for all, as a worker has it

struct Value {
    ValueType type;
    std::string body;
    Place place;
};

std::optional<Value> opened(Mode mode, std::string_view token) {
    const auto value = openerOf(mode).open(token, work);
    return value ? std::optional(Value{value->type, std::string(value->body), value->place}) : std::nullopt;
}

/// What opens, opens only as it stands, and for the field it was made for.
void opensOnlyHere(Mode mode, std::string_view token, std::size_t choice) {
    must(!opened(mode, withBitTurned(token, choice)), "a bit turned is noticed");
    must(!opened(mode, token.substr(0, choice % token.size())), "what is cut short is noticed");
    for (const Mode other : modes)
        must(other == mode || openerOf(other).open(token, work).error() == Error::WrongField, "it is of one mode");
    auto another = TokenOpener::make(mode, keyOf(mode), version + 1);
    must(another->open(token, work).error() == Error::WrongField, "it is of one version");
    const auto parted = splitToken(token);
    must(parted && parted->mode == mode && parted->version == version, "its header says so");
}

void asToken(std::string_view token, Mode mode) {
    (void)claimedPlace(token);
    const auto value = opened(mode, token);
    if (!value)
        return;
    opensOnlyHere(mode, token, sumOf(token));
    const auto claimed = claimedPlace(token);
    must(claimed.has_value() == (mode != Mode::Siv), "a place is claimed where the mode has one");
    must(!claimed || (claimed->row == value->place.row && claimed->ordinal == value->place.ordinal), "and is this one");
}

void asValue(Choices choices, Mode mode) {
    constexpr std::string_view types = "tqenbzj";
    const auto type = static_cast<ValueType>(types[choices.byte() % types.size()]);
    const auto padTo = static_cast<std::uint32_t>(choices.below(300));
    const Place place{choices.below(65'536), choices.below(65'536)};
    const std::string_view body = choices.rest();
    auto sealer = TokenSealer::make(mode, keyOf(mode), version, padTo);
    std::string token = "before ";
    const bool made = sealer->seal(type, body, place, token).ok();
    must(made == (mode != Mode::Siv || (type != ValueType::Quoted && type != ValueType::Escaped)), "types of the mode");
    must(made || token == "before ", "what cannot be sealed leaves nothing");
    if (!made)
        return;
    token.erase(0, 7);
    const auto value = opened(mode, token);
    must(value && value->type == type && value->body == body, "what was sealed is opened");
    must(mode == Mode::Siv || (value->place.row == place.row && value->place.ordinal == place.ordinal), "at its place");
    opensOnlyHere(mode, token, sumOf(body) + padTo);
}

/// FORMAT.md §2, "Token", once more: what a plaintext means, if anything.
std::optional<Value> meaningOf(std::string_view plaintext, Mode mode) {
    if (plaintext.empty())
        return std::nullopt;
    const char type = static_cast<char>(plaintext[0] & 0x7f);
    std::string body(plaintext.substr(1));
    if (std::string_view(mode == Mode::Siv ? "tnbzj" : "tqenbzj").find(type) == std::string_view::npos)
        return std::nullopt;
    if (type != plaintext[0]) {
        while (!body.empty() && body.back() == '\0')
            body.pop_back();
        if (body.empty() || body.back() != '\x80')
            return std::nullopt;
        body.pop_back();
    }
    return Value{static_cast<ValueType>(type), std::move(body), {}};
}

void asPlaintext(std::string_view plaintext, Mode mode) {
    const std::string header = tokenHeader(mode, version);
    Bytes payload(aeadNonce + plaintext.size() + aeadTag);
    if (mode == Mode::Siv) {
        payload.resize(aesBlock + plaintext.size());
        Siv::make(keyOf(mode), asBytes(header))->seal(asBytes(plaintext), payload.data());
    } else {
        const auto aead = mode == Mode::Gcm ? makeAes256Gcm(keyOf(mode)) : makeChaCha20Poly1305(keyOf(mode));
        const ByteView nonce(payload.data(), aeadNonce);
        must(aead->seal(nonce, asBytes(header), asBytes(plaintext), payload.data() + aeadNonce), "sealed");
    }
    const auto value = opened(mode, header + b64Encode(payload));
    const auto meant = meaningOf(plaintext, mode);
    must(value.has_value() == meant.has_value(), "a plaintext is a value, or none");
    must(!value || (value->type == meant->type && value->body == meant->body), "and the one it says");
}

void check(std::string_view input) {
    Choices choices(input);
    const unsigned choice = choices.byte();
    const Mode mode = modes[choice % 3];
    if (choice / 3 % 3 == 0)
        asToken(choices.rest(), mode);
    else if (choice / 3 % 3 == 1)
        asValue(choices, mode);
    else
        asPlaintext(choices.rest(), mode);
}

const Registered registered({"token", check, std::string_view("sw1gc.0AQ-_tqenbzj\x80\0", 20)});

} // namespace
} // namespace sealwright::fuzz
