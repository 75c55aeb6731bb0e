#pragma once
#include "models/views/session.h"
#include "ui/common/labels.h"

namespace sealwright::ui {

class Band;

/// Whether there is a recovery kit, and how to make one.
class KitCard : public Card {
    Q_OBJECT
public:
    explicit KitCard(views::Session& session, QWidget* parent = nullptr);
    void make(); ///< asks where to, then for the passphrase

private:
    void show();

    views::Session& m_session;
    views::KeysView& m_view;
    Band* m_band;
    QLabel* m_text;
    QPushButton* m_make;
};

} // namespace sealwright::ui
