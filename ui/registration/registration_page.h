#pragma once
#include "models/views/session.h"

#include <QWidget>

#include <array>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace sealwright::ui {

class Band;
class FactGrid;

/// Joining a platform, one question at a time: the invitation, the machine's name, the platform's words where the
/// invitation does not name its key, and at last the recovery kit.
class RegistrationPage : public QWidget {
    Q_OBJECT
public:
    explicit RegistrationPage(views::Session& session, QWidget* parent = nullptr);
    void leave(); ///< cancels what is under way

Q_SIGNALS:
    void left();
    void finished(bool makeKit);

private:
    QWidget* makePaste();
    QWidget* makeInvited();
    QWidget* makeWorking();
    QWidget* makeComparing();
    QWidget* makeDone();
    void show();

    views::Session& m_session;
    views::RegistrationView& m_view;
    std::array<QWidget*, 5> m_phases{}; ///< by RegistrationView::Phase
    int m_shown = -1;
    Band* m_band;
    QPlainTextEdit* m_text = nullptr;
    FactGrid* m_invitation = nullptr;
    QLineEdit* m_name = nullptr;
    QString m_caPath;
    QPushButton* m_ca = nullptr;
    QLabel* m_caName = nullptr;
    QPushButton* m_join = nullptr;
    QPushButton* m_close = nullptr;
    QLabel* m_words = nullptr;
    FactGrid* m_platform = nullptr;
    QLabel* m_doneText = nullptr;
    QLabel* m_offer = nullptr;
    QPushButton* m_kit = nullptr;
    QPushButton* m_later = nullptr;
};

} // namespace sealwright::ui
