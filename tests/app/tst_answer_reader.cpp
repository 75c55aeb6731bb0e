#include "app/net/answer_reader.h"

#include <QTest>

using namespace sealwright;
using net::AnswerReader;
using State = AnswerReader::State;

Q_DECLARE_METATYPE(sealwright::net::AnswerReader::State)

namespace {

struct Read {
    State state = State::Head;
    int status = 0;
    QByteArray body;
    bool kept = false;
    std::size_t taken = 0;
    bool operator==(const Read&) const = default;
};

Read read(const std::string& bytes, std::size_t piece, bool ends) {
    AnswerReader reader(1000);
    std::size_t taken = 0;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        taken += reader.take(std::string_view(bytes).substr(at, piece));
    if (ends)
        reader.end();
    return {reader.state(), reader.answer().status, reader.answer().body, reader.isConnectionKept(), taken};
}

} // namespace

/// Answers of HTTP/1.1, in pieces of any size.
class TestAnswerReader : public QObject {
    Q_OBJECT

    static void row(const char* name, const std::string& bytes, State state, int status = 0, const char* body = "",
                    bool kept = false, bool ends = false) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << state << status << QByteArray(body) << kept << ends;
    }

private Q_SLOTS:
    void answers_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<State>("state");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("kept");
        QTest::addColumn<bool>("ends");
        const std::string ok = "HTTP/1.1 200 OK\r\n";
        row("a length", ok + "Content-Length: 5\r\n\r\nhello", State::Done, 200, "hello", true);
        row("no body", ok + "content-LENGTH:0\r\n\r\n", State::Done, 200, "", true);
        row("bare line feeds", "HTTP/1.1 200\nContent-Length: 1\n\nx", State::Done, 200, "x", true);
        row("told to close", ok + "Connection: Close\r\nContent-Length: 1\r\n\r\nx", State::Done, 200, "x", false);
        row("an older protocol", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", State::Done, 200, "x", false);
        row("until the end", ok + "\r\nhello", State::Done, 200, "hello", false, true);
        row("which is not there yet", ok + "\r\nhello", State::Body, 200, "hello");
        row("no content", "HTTP/1.1 204 Gone\r\n\r\n", State::Done, 204, "", true);
        row("after interim ones",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nContent-Length: 9\r\n\r\n" + ok +
                "Content-Length: 1\r\n\r\nx",
            State::Done, 200, "x", true);
        row("chunks",
            ok + "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
            State::Done, 200, "abc0123456789", true);
        row("cut in its head", ok + "Content-", State::Invalid, 200, "", false, true);
        row("cut in its body", ok + "Content-Length: 5\r\n\r\nhell", State::Invalid, 200, "hell", false, true);
        row("cut in a chunk", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", State::Invalid, 200, "hel", false,
            true);
        row("cut before the last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", State::Invalid, 200, "x",
            false, true);
        row("nothing", "", State::Invalid, 0, "", false, true);
        row("too long", ok + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'), State::TooLarge, 200);
        row("another protocol", "HTTP/2 200 OK\r\n\r\n", State::Invalid);
        row("no protocol", "220 mail.example\r\n\r\n", State::Invalid);
        row("no status", "HTTP/1.1 2x0 OK\r\n\r\n", State::Invalid);
        row("a status too long", "HTTP/1.1 2000 OK\r\n\r\n", State::Invalid);
        row("another protocol follows", "HTTP/1.1 101 Switching\r\n\r\n", State::Invalid, 0);
        row("two lengths", ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", State::Invalid, 200);
        row("a list of lengths", ok + "Content-Length: 1, 1\r\n\r\nx", State::Invalid, 200);
        row("a negative length", ok + "Content-Length: -1\r\n\r\n", State::Invalid, 200);
        row("a length no number holds", ok + "Content-Length: 99999999999999999999\r\n\r\n", State::Invalid, 200);
        row("a length and a coding", ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", State::Invalid,
            200);
        row("another coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", State::Invalid, 200);
        row("a folded line", ok + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n", State::Invalid, 200);
        row("a space before the colon", ok + "Content-Length : 0\r\n\r\n", State::Invalid, 200);
        row("a return in a line", ok + "X: a\rb\r\n\r\n", State::Invalid, 200);
        row("a chunk of no size", ok + "Transfer-Encoding: chunked\r\n\r\nx\r\n", State::Invalid, 200);
        row("a chunk longer than said", ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n", State::Invalid, 200, "x");
    }
    void answers() {
        QFETCH(QByteArray, bytes);
        QFETCH(State, state);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(bool, kept);
        QFETCH(bool, ends);
        const std::string text = bytes.toStdString();
        const Read whole = read(text, text.size() + 1, ends);
        QCOMPARE(whole.state, state);
        QCOMPARE(whole.status, status);
        QCOMPARE(whole.kept, kept);
        if (state != State::TooLarge)
            QCOMPARE(whole.body, body);
        for (const std::size_t piece : {1, 2, 3, 7})
            QCOMPARE(read(text, piece, ends).state, state);
        if (state == State::Done)
            QVERIFY(read(text, 1, ends) == whole);
    }

    void whatFollowsAnAnswerIsNotTaken() {
        const std::string first = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", second = "HTTP/1.1 500";
        QCOMPARE(read(first + second, 1000, false).taken, first.size());
    }

    void aHeadHasABound() {
        std::string endless = "HTTP/1.1 200 OK\r\n";
        while (endless.size() < 2 * AnswerReader::mostOfHead)
            endless += "X-Filler: " + std::string(100, 'x') + "\r\n";
        QCOMPARE(read(endless, 1000, false).state, State::Invalid);
        QCOMPARE(read("HTTP/1.1 200 OK\r\nX: " + std::string(2 * AnswerReader::mostOfHead, 'x'), 1000, false).state,
                 State::Invalid);
        std::string interim;
        while (interim.size() < 2 * AnswerReader::mostOfHead)
            interim += "HTTP/1.1 100 Continue\r\n\r\n";
        QCOMPARE(read(interim, 1000, false).state, State::Invalid);
    }

    void aRefusalMayHaveABodyOfItsOwnLength() {
        const std::string refusal = "HTTP/1.1 403 No\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x');
        QCOMPARE(read(refusal, 100, false).state, State::Done);
    }
};

QTEST_APPLESS_MAIN(TestAnswerReader)
#include "tst_answer_reader.moc"
