#pragma once
#include "models/views/passphrase.h"
#include "ui/common/sheet.h"

class QLabel;
class QLineEdit;

namespace sealwright::ui {

/// Asks for the passphrase of a recovery kit: twice where one is made. What was typed is wiped when the sheet goes.
class PassphraseSheet : public Sheet {
    Q_OBJECT
public:
    enum class Purpose { Make, Open };
    static constexpr int shortest = 12; ///< characters of a new passphrase

    PassphraseSheet(Purpose purpose, QWidget* parent);
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

} // namespace sealwright::ui
