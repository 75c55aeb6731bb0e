#include "app/net/answer_reader.h"
#include "tests/fuzz/target.h"

// What a server answers in HTTP/1.1.
namespace sealwright::fuzz {
namespace {

constexpr std::size_t most = 4096;

struct Read {
    net::AnswerReader reader{most};
    std::size_t taken = 0;
};

Read readIn(std::string_view input, std::size_t piece) {
    Read read;
    for (std::size_t at = 0; at < input.size(); at += piece) {
        const auto given = input.substr(at, piece);
        const std::size_t taken = read.reader.take(given);
        must(taken <= given.size(), "no more is taken than was given");
        read.taken += taken;
    }
    return read;
}

void check(std::string_view input) {
    using State = net::AnswerReader::State;
    Read whole = readIn(input, input.size() + 1), pieces = readIn(input, 1 + sumOf(input) % 7);
    for (int i = 0; i < 2; ++i) {
        net::Answer &one = whole.reader.answer(), &other = pieces.reader.answer();
        must(whole.reader.state() == pieces.reader.state(), "pieces make no difference");
        if (whole.reader.state() == State::Done) {
            must(whole.taken == pieces.taken, "an answer ends where it ends");
            must(one.status == other.status && one.headers == other.headers && one.body == other.body,
                 "pieces make no other answer");
            must(one.status >= 200 && one.status <= 599, "interim answers are passed over");
        }
        must(static_cast<std::size_t>(one.body.size()) <= (one.good() ? most : net::smallAnswer), "a body is bounded");
        for (const auto& [name, value] : one.headers)
            must(!name.contains('\n') && !value.contains('\n') && !value.contains('\r'), "a header is one line");
        whole.reader.end();
        pieces.reader.end();
    }
    must(whole.reader.state() != State::Head && whole.reader.state() != State::Body, "an ended answer is one or none");
}

const Registered registered({"http_answer", check, "HTTP/1.0 235:;\r\n-aefContent-LengthTransfer-Encodingchunked"});

} // namespace
} // namespace sealwright::fuzz
