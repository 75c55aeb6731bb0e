#include "app/window/passphrase_prompt.h"

#include "app/keychain/main_thread_call.h"

#include <QPointer>

namespace sealwright::window {

namespace {

using crypto::SecretBytes;
using views::UnlockView;
using Answer = std::function<void(Outcome<SecretBytes>)>;

Failure dismissal(UnlockView::Wish wish, const std::string& folder) {
    return wish == UnlockView::Wish::New ? Failure(Code::Cancelled)
                                         : Failure(Code::KeychainLocked, Where{folder, {}, {}, {}});
}

/// One question: answers once, and goes.
class Question : public QObject {
public:
    Question(UnlockView& view, UnlockView::Wish wish, const std::string& folder, Answer answer)
        : QObject(&view), m_answer(std::move(answer)) {
        connect(&view, &UnlockView::given, this,
                [this](const views::Passphrase& passphrase) { end(passphrase->clone()); });
        connect(&view, &UnlockView::dismissed, this, [this, wish, folder] { end(fail(dismissal(wish, folder))); });
        view.ask(wish, QString::fromStdString(folder));
    }
    bool open() const { return m_answer != nullptr; }

private:
    void end(Outcome<SecretBytes> outcome) {
        if (auto answer = std::exchange(m_answer, nullptr))
            answer(std::move(outcome));
        deleteLater();
    }
    Answer m_answer;
};

UnlockView::Wish wishOf(const FileKeystore::Wish& wish) {
    return wish.first ? UnlockView::Wish::New : wish.again ? UnlockView::Wish::Again : UnlockView::Wish::Open;
}

} // namespace

FileKeystore::Passphrase askIn(UnlockView& view) {
    return [shown = QPointer<UnlockView>(&view)](const FileKeystore::Wish& wish) -> Outcome<SecretBytes> {
        const auto question = std::make_shared<QPointer<Question>>(); // touched on the main thread alone
        auto answer =
            callOnMainThread<SecretBytes>([shown, question, folder = wish.folder, wish = wishOf(wish)](Answer done) {
                if (shown)
                    *question = new Question(*shown, wish, folder, std::move(done));
            });
        if (!answer && answer.error().code == Code::Cancelled)
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [shown, question] {
                    if (!*question || !(*question)->open())
                        return;
                    delete *question;
                    if (shown)
                        shown->withdraw();
                },
                Qt::QueuedConnection);
        return answer;
    };
}

} // namespace sealwright::window
