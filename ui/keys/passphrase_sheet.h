#pragma once
#include "models/views/passphrase.h"
#include "models/views/unlock_view.h"
#include "ui/common/sheet.h"

class QLabel;
class QLineEdit;

namespace sealwright::ui {

/// Asks for a passphrase: of a recovery kit, or of this machine's keys where they lie in a folder. A new one is typed
/// twice. What was typed is wiped when the sheet goes.
class PassphraseSheet : public Sheet {
    Q_OBJECT
public:
    enum class Purpose { MakeKit, OpenKit, MakeKeys, OpenKeys, OpenKeysAgain };
    static constexpr int shortest = 12; ///< characters of a new passphrase

    /// `place` is the folder of the keys, where it is about them.
    PassphraseSheet(Purpose purpose, QWidget* parent, const QString& place = {});
    ~PassphraseSheet() override;

Q_SIGNALS:
    void given(const sealwright::views::Passphrase& passphrase);

private:
    void judge();
    Purpose m_purpose;
    QLineEdit* m_first;
    QLineEdit* m_second = nullptr;
    QLabel* m_hint;
};

/// Shows what `view` asks, over `window`, for as long as it is asked.
void showUnlocking(views::UnlockView& view, QWidget* window);

} // namespace sealwright::ui
